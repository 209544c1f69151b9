import type { AccountTopic } from '@droplock/rules/events'
import { type AccountContext, requireScope } from '../context.ts'
import { type FeedEvent, readEvents } from './feed.ts'

type ListEvents = {
  /** The cursor of an event or of an earlier page. Left out: from the oldest event that is kept. */
  readonly after?: bigint | undefined
  readonly topics?: readonly AccountTopic[] | undefined
  readonly limit: number
}

type OwnEvents = {
  readonly items: readonly FeedEvent[]
  /** To read on from, now or later. */
  readonly cursor: bigint
  /** More may follow at once. */
  readonly hasMore: boolean
}

/**
 * The events that the caller may read, after a cursor: those of its account, or those about the orders of its sub-account alone
 * (ADR 25). Throws Refusal: insufficient_scope, event_cursor_gone.
 */
export async function listOwnEvents(ctx: AccountContext, query: ListEvents): Promise<OwnEvents> {
  requireScope(ctx, 'events:read')
  const { accountId, subAccountId } = ctx.actor
  const { events, cursor, hasMore } = await readEvents(ctx, { accountId, subAccountId, ...query })
  return { items: events, cursor, hasMore }
}
