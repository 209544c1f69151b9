import type { EventData, Topic } from '@droplock/rules/events/topics'
import { Refusal } from '@droplock/rules/refusals'
import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { readFeed } from './read-feed.ts'

/** Something that happened. `topic` says of what kind its subject and its data are. */
export type Event<Of extends Topic = Topic> = {
  readonly [Each in Of]: {
    readonly id: string
    /** Its place in the feed. */
    readonly position: bigint
    readonly topic: Each
    /** Whose it is; null where only operators are told. */
    readonly accountId: string | null
    readonly subjectId: string
    readonly data: EventData<Each>
    readonly occurredAt: Date
  }
}[Of]

export type ReadEvents = {
  /** The cursor of the page before. Left out, it begins with the oldest event that is kept. */
  readonly after?: bigint | undefined
  /** Only events of this account. */
  readonly accountId?: string | undefined
  readonly limit: number
}

export type EventPage = {
  readonly events: readonly Event[]
  /** To go on from: of a page that is not full, the end of the feed. */
  readonly cursor: bigint
}

/**
 * The events after a cursor, in the order of their positions. No event ever appears before a cursor that was given out. Throws
 * Refusal('event_cursor_gone') where events after the cursor were pruned, or where it is beyond the end: of another database, or
 * of this one before it was restored.
 */
export async function readEvents(ctx: Context, { after, accountId, limit }: ReadEvents): Promise<EventPage> {
  // The end first: everything up to it is visible to the second statement.
  const feed = await readFeed(ctx)
  const from = after ?? feed.pruned
  const { rows } = await sql<Event>`
    select id, position, topic, account_id as "accountId", subject_id as "subjectId", data, occurred_at as "occurredAt"
    from event where position > ${from} and position <= ${feed.last}
      and ${accountId === undefined ? sql`true` : sql`account_id = ${accountId}`}
    order by position limit ${limit}`.execute(ctx.db)
  if (after !== undefined) await requireKept(ctx, after)
  const lastRead = rows.length < limit ? undefined : rows.at(-1)
  return { events: rows, cursor: lastRead?.position ?? feed.last }
}

/** Asked after the events are read: what was pruned meanwhile is missed too. */
async function requireKept(ctx: Context, cursor: bigint): Promise<void> {
  const { last, pruned } = await readFeed(ctx)
  if (cursor >= pruned && cursor <= last) return
  throw new Refusal('event_cursor_gone', 'Events after this cursor are not kept any more.', {
    oldest_cursor: pruned.toString(),
  })
}
