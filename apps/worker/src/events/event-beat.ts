import type { Context } from '@droplock/core/context'
import { advanceFeed } from '@droplock/core/events/feed'
import { drain } from '../beats/drain.ts'
import type { Beat } from '../beats/keep-beat.ts'

/** Numbers what happened and plans who is told of it. Every worker looks: one at a time has the feed. */
export function eventBeat(ctx: Context, everyMs: number): Beat {
  return {
    name: 'sweep.events',
    everyMs,
    run: async (signal) => {
      const numbered = await drain(() => advanceFeed(ctx), signal)
      return numbered === 0 ? undefined : { numbered }
    },
  }
}
