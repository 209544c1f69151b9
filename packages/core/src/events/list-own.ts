import type { AccountTopic } from '@droplock/rules/events'
import { type AccountContext, requireScope } from '../context.ts'
import { type EventPage, readEvents, readFeed } from './feed.ts'

type ListEvents = {
  /** The cursor of an event or of an earlier page. Left out: from the oldest event that is kept. */
  readonly after?: bigint | undefined
  readonly topics?: readonly AccountTopic[] | undefined
  readonly limit: number
}

/**
 * The events that the caller may read, after a cursor: those of its account, or those about the orders of its sub-account alone
 * (ADR 25). Throws Refusal: insufficient_scope, event_cursor_gone.
 */
export async function listOwnEvents(ctx: AccountContext, query: ListEvents): Promise<EventPage> {
  requireScope(ctx, 'events:read')
  const { accountId, subAccountId } = ctx.actor
  return readEvents(ctx, { accountId, subAccountId, ...query })
}

/** Where a stream of events begins. */
type StreamStart = {
  readonly position: bigint
  /** Given where the caller's cursor is gone: the position before the oldest event that is kept. */
  readonly oldestCursor?: string
}

/**
 * Where a stream begins that continues after a cursor, or with what happens from now on where there is none. If the cursor is gone it
 * begins at the end of the feed: what the caller reads afterwards is no older. Throws Refusal('insufficient_scope').
 */
export async function startOwnStream(ctx: AccountContext, after: bigint | undefined): Promise<StreamStart> {
  requireScope(ctx, 'events:read')
  const { last, pruned } = await readFeed(ctx)
  if (after === undefined) return { position: last }
  if (after >= pruned && after <= last) return { position: after }
  return { position: last, oldestCursor: pruned.toString() }
}
