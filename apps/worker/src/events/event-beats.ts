import type { Context } from '@droplock/core/context'
import { advanceFeed } from '@droplock/core/events/advance'
import { pruneEvents } from '@droplock/core/events/prune'
import type { Beat } from '../beats/keep-beat.ts'
import { drain } from '../money/drain.ts'

export type EventRule = {
  /** How often new events are looked for: they reach nobody before they are numbered. Milliseconds. */
  readonly advanceMs: number
  readonly pruneMs: number
  /** How long an event is kept. Milliseconds. */
  readonly keepMs: number
}

/** Numbers what happened and plans who is told of it; prunes what was long ago. Every worker does: one at a time has the feed. */
export function eventBeats(ctx: Context, { advanceMs, pruneMs, keepMs }: EventRule): readonly Beat[] {
  return [
    {
      name: 'sweep.events',
      everyMs: advanceMs,
      run: async (signal) => {
        const numbered = await drain(() => advanceFeed(ctx), signal)
        return numbered === 0 ? undefined : { numbered }
      },
    },
    {
      name: 'sweep.events_pruned',
      everyMs: pruneMs,
      run: async (signal) => {
        const pruned = await drain(() => pruneEvents(ctx, keepMs), signal)
        return pruned === 0 ? undefined : { pruned }
      },
    },
  ]
}
