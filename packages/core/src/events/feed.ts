import { type EventData, type Topic, topicsOfAll, topicTable } from '@droplock/rules/events'
import { Refusal } from '@droplock/rules/refusals'
import { type RawBuilder, sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import { listen } from '../database/listen.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'

/** Events per round: few enough to hold the feed's row for milliseconds. The next round numbers the rest. */
const EVENTS_PER_ROUND_MAX = 500

/**
 * Gives positions to committed events without one, in the order in which they occurred, and plans their deliveries to the receivers
 * that want them. Returns how many were numbered; 0 also while another process is numbering. Not in a transaction: it holds the feed's
 * row until its own commit, so that positions become visible in order (ADR 12).
 */
export async function advanceFeed(ctx: Context): Promise<number> {
  if (!(await isAnyUnnumbered(ctx))) return 0
  return inTransaction(ctx.db, async (tx) => {
    const feed = await lockFeed(tx)
    if (feed === undefined) return 0
    // A second statement on purpose: it sees everything that the previous numbering has committed.
    const { numbered, receiverIds } = await number(tx, feed.lastPosition)
    if (receiverIds.length > 0) await planDeliveries(tx, feed.lastPosition, receiverIds)
    // Here and not by each writer: commits that notify wait for each other on one lock.
    if (numbered > 0) await sql`select pg_notify(${EVENTS_CHANNEL}, '')`.execute(tx)
    return numbered
  })
}

type Numbered = { readonly numbered: number; readonly receiverIds: readonly string[] }

/** Gives positions, and locks the queues of the receivers that want the events: they have something to send now. */
async function number(tx: Transaction<Database>, lastPosition: bigint): Promise<Numbered> {
  const { rows } = await sql<Numbered>`
    with fresh as (
      select id, row_number() over (order by occurred_at, id) as place
      from (select id, occurred_at from event where position is null
        order by occurred_at, id limit ${EVENTS_PER_ROUND_MAX}) as oldest
    ), numbered as (
      update event set position = ${lastPosition}::bigint + place from fresh where event.id = fresh.id
      returning event.id, topic, account_id, subject_id, data
    ), queued as (
      insert into receiver_queue as queue (receiver_id, due_at)
      select receiver.id, clock_timestamp() from event_receiver as receiver
      -- First who may get any of them, found by hash: comparing 10,000 endpoints with 500 events takes half a second.
      where (receiver.account_id is null or receiver.account_id in (select account_id from numbered)
          or exists (select from numbered where topic = any (${ofAll})))
        and exists (select from numbered as event where ${isWanted}) order by receiver.id
      on conflict (receiver_id) do update
        set due_at = least(queue.due_at, greatest(excluded.due_at, queue.not_before))
      returning receiver_id
    ), moved as (
      update event_feed set last_position = last_position + (select count(*) from numbered)
    )
    select count(*)::integer as numbered, (select coalesce(array_agg(receiver_id), '{}') from queued) as "receiverIds"
    from numbered`.execute(tx)
  return rows[0] ?? { numbered: 0, receiverIds: [] }
}

/**
 * Plans the deliveries of the events after `lastPosition` to receivers whose queues are locked. One about a subject of which an earlier
 * event is still on its way waits for that. A statement of its own: it sees what was delivered before the queues were locked.
 */
async function planDeliveries(
  tx: Transaction<Database>,
  lastPosition: bigint,
  receiverIds: readonly string[],
): Promise<void> {
  await sql`
    insert into event_delivery (event_id, receiver_id, subject_id, position, waits)
    select event.id, receiver.id, event.subject_id, event.position,
      row_number() over (partition by receiver.id, event.subject_id order by event.position) > 1
        or exists (select from event_delivery as earlier where earlier.receiver_id = receiver.id
          and earlier.subject_id = event.subject_id and earlier.state = 'pending')
    from event join event_receiver as receiver on ${isWanted}
    where event.position > ${lastPosition} and receiver.id = any (${[...receiverIds]}::uuid[])
    order by event.position`.execute(tx)
}

const ofAll = sql.lit(`{${topicsOfAll.join(',')}}`)

const alarmTopics = Object.entries(topicTable).flatMap(([topic, of]) => (of === 'alarm' ? [topic] : []))

/**
 * Whether `receiver` gets `event`. A receiver without an account gets events of all accounts. An alarm about a receiver is not sent to it:
 * that would never end. The test of an endpoint or a receiver is sent to that one alone.
 */
const isWanted = sql`receiver.disabled_at is null
  and (receiver.account_id is null or receiver.account_id = event.account_id or event.topic = any (${ofAll}))
  and case when event.topic in ('webhook_endpoint.tested', 'alarm.tested') then receiver.id = event.subject_id
    else receiver.topics is null or event.topic = any (receiver.topics) end
  and (event.topic <> all (${sql.lit(`{${alarmTopics.join(',')}}`)}::text[])
    or ((receiver.alarm_kinds is null or event.data ->> 'kind' = any (receiver.alarm_kinds))
      and (event.data ->> 'kind' <> 'event_undelivered' or event.data ->> 'subject' <> receiver.id::text)))`

/** Asked before the feed is locked: a lock writes a page, and most checks find nothing. */
async function isAnyUnnumbered(ctx: Context): Promise<boolean> {
  const { rows } = await sql`select from event where position is null limit 1`.execute(ctx.db)
  return rows.length > 0
}

type FollowEvents = {
  /** A direct connection to PostgreSQL, for LISTEN. Without one, or when it fails, events are found by polling. */
  readonly directUrl?: string | undefined
  readonly applicationName: string
  /** The cursor to continue from. Left out: new events only. */
  readonly after?: bigint | undefined
  /** Only events of this account. */
  readonly accountId?: string | undefined
  /** How often it polls without a notification. Milliseconds. */
  readonly pollMs: number
  readonly signal: AbortSignal
}

type FollowedEvents = { readonly events: readonly FeedEvent[]; readonly cursor: bigint }

const EVENTS_PER_PAGE_MAX = 500

/**
 * Events as they come, page after page, until `signal` aborts. A reader that was away continues from its cursor. Throws
 * Refusal('event_cursor_gone'), and what the database throws: then start again with the cursor of the last page.
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
      if (!page.hasMore) await wakeUp.wait(pollMs, signal)
    }
  } finally {
    ended.abort()
    await listening
  }
}

/** The end of the feed, which is the cursor for new events only; and the position up to which it was pruned. */
export async function readFeed(ctx: Context): Promise<{ readonly last: bigint; readonly pruned: bigint }> {
  return ctx.db
    .selectFrom('event_feed')
    .select(['last_position as last', 'pruned_position as pruned'])
    .executeTakeFirstOrThrow()
}

/** An event. `topic` determines what its subject is and what its data hold. */
export type Event<Of extends Topic = Topic> = {
  readonly [Each in Of]: {
    readonly id: string
    /** Its place in the feed. */
    readonly position: bigint
    readonly topic: Each
    /** The account it belongs to; null: for operators only. */
    readonly accountId: string | null
    readonly subjectId: string
    readonly data: EventData<Each>
    readonly occurredAt: Date
  }
}[Of]

/** An event with what decides who may read it. */
export type FeedEvent = Event & {
  /** That of the order which it is about, or which it came of. */
  readonly subAccountId: string | null
}

type ReadEvents = {
  /** The cursor of the previous page. Left out: from the oldest event that is kept. */
  readonly after?: bigint | undefined
  /** Only what this account may read. */
  readonly accountId?: string | undefined
  /** Only events about orders of this sub-account of it. */
  readonly subAccountId?: string | undefined
  /** Only these topics. */
  readonly topics?: readonly Topic[] | undefined
  readonly limit: number
}

export type EventPage = {
  readonly events: readonly FeedEvent[]
  /** To continue from; after the last page the end of the feed. */
  readonly cursor: bigint
  /** More may follow at once. A page with fewer events than asked for need not be the last. */
  readonly hasMore: boolean
}

/** Events of other topics that one page passes over: some milliseconds. */
const PASSED_OVER_MAX = 5_000

/**
 * The events after a cursor, in the order of their positions. No event ever appears before a cursor that was returned. Throws
 * Refusal('event_cursor_gone') where events after the cursor were pruned, or where it is beyond the end: a cursor of another database,
 * or of this one before it was restored.
 */
export async function readEvents(ctx: Context, read: ReadEvents): Promise<EventPage> {
  const { after, topics, limit } = read
  // The end is read first: everything up to it is visible to the second statement.
  const feed = await readFeed(ctx)
  const from = after ?? feed.pruned
  const looksAtMax = topics === undefined ? limit : Math.max(limit, PASSED_OVER_MAX)
  const { rows } = await sql<Row>`
    with looked_at as materialized (
      select position, topic from (${readable(read, feed.last, from, looksAtMax)}) as readable order by position limit ${looksAtMax}
    ), chosen as (
      select position from looked_at
      where ${topics === undefined ? sql`true` : sql`topic = any (${[...topics]}::text[])`} order by position limit ${limit}
    )
    select looked.at as "looksAt", looked.last as "lastLookedAt", id, event.position, topic, account_id as "accountId",
      sub_account_id as "subAccountId", subject_id as "subjectId", data, occurred_at as "occurredAt"
    from (select count(*)::integer as at, max(position) as last from looked_at) as looked
      left join (chosen join event using (position)) on true
    order by event.position`.execute(ctx.db)
  if (after !== undefined) await requireKept(ctx, after)
  const { looksAt = 0, lastLookedAt = null } = rows[0] ?? {}
  const events = rows.filter(({ id }) => id !== null).map(toEvent)
  const isFull = events.length === limit
  if (!isFull && looksAt < looksAtMax) return { events, cursor: feed.last, hasMore: false }
  return { events, cursor: (isFull ? events.at(-1)?.position : lastLookedAt) ?? feed.last, hasMore: true }
}

type Row = FeedEvent & { readonly looksAt: number; readonly lastLookedAt: bigint | null }

function toEvent({ id, position, topic, accountId, subAccountId, subjectId, data, occurredAt }: Row) {
  return { id, position, topic, accountId, subAccountId, subjectId, data, occurredAt } as FeedEvent
}

/** The first events that may be read, each way of being so by its own index. */
function readable({ accountId, subAccountId }: ReadEvents, last: bigint, from: bigint, limit: number) {
  const first = (of: RawBuilder<unknown>) => sql`(select position, topic from event
    where position > ${from} and position <= ${last} and ${of} order by position limit ${limit})`
  if (accountId === undefined) return first(sql`true`)
  const own = sql`account_id = ${accountId} and ${subAccountId === undefined ? sql`true` : sql`sub_account_id = ${subAccountId}`}`
  const ofEverybody = sql.join(
    topicsOfAll.map((topic) => first(sql`account_id is null and topic = ${sql.lit(topic)}`)),
    sql` union all `,
  )
  return sql`${first(own)} union all ${ofEverybody}`
}

/** Asked after the events are read, because events may be pruned meanwhile. */
async function requireKept(ctx: Context, cursor: bigint): Promise<void> {
  const { last, pruned } = await readFeed(ctx)
  if (cursor >= pruned && cursor <= last) return
  throw new Refusal('event_cursor_gone', 'Events after this cursor are not kept any more.', {
    oldest_cursor: pruned.toString(),
  })
}

/** The channel that is notified when events were numbered or deliveries planned. */
export const EVENTS_CHANNEL = 'droplock_events'

/** Lets waiters wait, and wakes all of them. */
export type WakeUp = {
  readonly wake: () => void
  /** Fulfilled on `wake`, after `msMax`, or when `signal` aborts. A wake without a waiter is kept for the next one. */
  readonly wait: (msMax: number, signal: AbortSignal) => Promise<void>
}

export function createWakeUp(): WakeUp {
  const waiting = new Set<() => void>()
  let isKept = false
  return {
    wake: () => {
      isKept = waiting.size === 0
      for (const end of waiting) end()
    },
    wait: (msMax, signal) =>
      new Promise((resolve) => {
        const end = () => {
          clearTimeout(timer)
          signal.removeEventListener('abort', end)
          waiting.delete(end)
          resolve()
        }
        const timer = setTimeout(end, msMax)
        signal.addEventListener('abort', end)
        waiting.add(end)
        if (isKept || signal.aborted) end()
        isKept = false
      }),
  }
}

/** The holder of the feed's lock sends a statement every few milliseconds. A frozen one must not keep the lock. */
const SILENCE_MS_MAX = 10_000

/**
 * The event feed's row, locked; undefined where another transaction holds it, so nobody waits. The transaction is rolled back when
 * it sends nothing for `silenceMsMax`. Milliseconds.
 */
export async function lockFeed(
  tx: Transaction<Database>,
  silenceMsMax: number = SILENCE_MS_MAX,
): Promise<{ readonly lastPosition: bigint } | undefined> {
  const { rows } = await sql<{ lastPosition: bigint }>`
    select last_position as "lastPosition", set_config('idle_in_transaction_session_timeout', ${String(silenceMsMax)}, true)
    from event_feed for update skip locked`.execute(tx)
  return rows[0]
}
