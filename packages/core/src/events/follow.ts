import type { Context } from '../context.ts'
import { listen } from '../database/listen.ts'
import { type Event, readEvents } from './read.ts'
import { readFeed } from './read-feed.ts'
import { createWakeUp, EVENTS_CHANNEL } from './wake.ts'

export type FollowEvents = {
  /** Straight to PostgreSQL, for LISTEN. Left out, or where it does not work, events are found by looking. */
  readonly directUrl?: string | undefined
  readonly applicationName: string
  /** The cursor to go on from. Left out, it begins with what comes. */
  readonly after?: bigint | undefined
  /** Only events of this account. */
  readonly accountId?: string | undefined
  /** How often it looks without a notification. Milliseconds. */
  readonly pollMs: number
  readonly signal: AbortSignal
}

export type FollowedEvents = { readonly events: readonly Event[]; readonly cursor: bigint }

const EVENTS_PER_PAGE_MAX = 500

/**
 * Events as they come, page after page, until `signal` aborts. Who was away goes on from its cursor and catches up. Throws
 * Refusal('event_cursor_gone'), and what the database throws: start it again with the cursor of the last page.
 */
export async function* followEvents(ctx: Context, follow: FollowEvents): AsyncGenerator<FollowedEvents> {
  const { directUrl, applicationName, accountId, pollMs, signal } = follow
  const wakeUp = createWakeUp()
  const ended = new AbortController()
  const over = AbortSignal.any([signal, ended.signal])
  const listening =
    directUrl === undefined
      ? undefined
      : listen({
          url: directUrl,
          channel: EVENTS_CHANNEL,
          applicationName,
          onWake: wakeUp.wake,
          signal: over,
        })
  try {
    let after = follow.after ?? (await readFeed(ctx)).last
    while (!signal.aborted) {
      const page = await readEvents(ctx, { after, accountId, limit: EVENTS_PER_PAGE_MAX })
      after = page.cursor
      if (page.events.length > 0) yield page
      if (page.events.length < EVENTS_PER_PAGE_MAX) await wakeUp.wait(pollMs, signal)
    }
  } finally {
    ended.abort()
    await listening
  }
}
