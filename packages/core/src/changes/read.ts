import { ChangeSet, changedByEvent, isLiveResource } from '@droplock/rules/changes'
import { type Topic, topicTable } from '@droplock/rules/events'
import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { readFeed } from '../events/feed.ts'
import { readStatusMarks } from '../registry-status/read.ts'

/** Events of one look. A look that finds more leaves them to the next one. */
const EVENTS_PER_LOOK_MAX = 2_000

/** Notices are kept for longer than this: who has not looked for so long cannot know what it missed. Seconds. */
const LOOK_SECONDS_MAX = 120

/** Events without a position that one look knows: the newest. A worker that runs leaves none for longer than a moment. */
const UNNUMBERED_MAX = 500

/** Up to where changes were read. */
export type Look = {
  readonly snapshot: string
  readonly position: bigint
  /** Events that have been read before they got a position. */
  readonly unnumbered: ReadonlySet<string>
  readonly at: Date
  readonly statuses: ReadonlyMap<string, string>
}

/** Where the reading of changes begins. */
export async function beginLooks(ctx: Context): Promise<Look> {
  // The feed and the statuses are read after it: what changes meanwhile is found by the next look.
  const { rows } = await sql<{ snapshot: string; at: Date }>`
    select pg_current_snapshot()::text as snapshot, clock_timestamp() as at`.execute(ctx.db)
  const [begun] = rows
  if (begun === undefined) throw new Error('no row of the snapshot')
  const unnumbered = await readUnnumbered(ctx)
  const { last } = await readFeed(ctx)
  return {
    ...begun,
    position: last,
    unnumbered: new Set(unnumbered.map(({ id }) => id)),
    statuses: await readStatusMarks(ctx.db),
  }
}

type Changes = { readonly changes: ChangeSet; readonly look: Look; readonly hasMore: boolean }

/**
 * What was committed since the last look, each once (ADR 39): changes with an event by its position, or by its id while no worker gives it one,
 * all others by their transactions, and the reports of registry accounts by what they say. Undefined where some may have been missed: then
 * everything has to be read again.
 */
export async function readChanges(ctx: Context, last: Look): Promise<Changes | undefined> {
  const changes = new ChangeSet()
  const { snapshot, at, notices } = await readNotices(ctx, last)
  if (at.getTime() - last.at.getTime() > LOOK_SECONDS_MAX * 1_000) return undefined
  for (const [resource, id] of notices) if (isLiveResource(resource)) changes.add(resource, id ?? undefined)
  // Before the feed: one that is numbered meanwhile is in both.
  const unnumbered = await readUnnumbered(ctx)
  const feed = await readFeed(ctx)
  if (feed.last < last.position || feed.pruned > last.position) return undefined
  const events = feed.last === last.position ? [] : await readEventSubjects(ctx, last.position, feed.last)
  const known = new Set(unnumbered.map(({ id }) => id))
  const fresh = unnumbered.filter(({ id }) => !last.unnumbered.has(id))
  const numbered = events.filter(({ id }) => !last.unnumbered.has(id) && !known.has(id))
  for (const { topic, subjectId } of [...fresh, ...numbered]) {
    const { subject, others } = changedByEvent[topicTable[topic]]
    if (subject !== undefined) changes.add(subject, subjectId)
    for (const resource of others) changes.add(resource)
  }
  const statuses = await readStatusMarks(ctx.db)
  for (const id of [...statuses.keys(), ...last.statuses.keys()])
    if (statuses.get(id) !== last.statuses.get(id)) changes.add('registry-account-statuses', id)
  const hasMore = events.length === EVENTS_PER_LOOK_MAX
  const position = hasMore ? (events.at(-1)?.position ?? feed.last) : feed.last
  return { changes, hasMore, look: { snapshot, position, unnumbered: known, at, statuses } }
}

type Notices = {
  readonly snapshot: string
  readonly at: Date
  readonly notices: readonly (readonly [resource: string, id: string | null])[]
}

/**
 * The notices whose transactions had not ended, for the last look, when it was made, and have by now: so one that is committed late is found,
 * and none is found twice.
 */
async function readNotices({ db }: Context, { snapshot }: Look): Promise<Notices> {
  const { rows } = await sql<Notices>`
    select pg_current_snapshot()::text as snapshot, clock_timestamp() as at, (
      select coalesce(jsonb_agg(distinct jsonb_build_array(resource, record_id)), '[]') from change_notice
      where xid >= pg_snapshot_xmin(${snapshot}::pg_snapshot)
        and not pg_visible_in_snapshot(xid, ${snapshot}::pg_snapshot)) as notices`.execute(db)
  const [row] = rows
  if (row === undefined) throw new Error('no row of the notices')
  return row
}

type EventSubject = { readonly id: string; readonly topic: Topic; readonly subjectId: string }

/** Without a worker events get no positions, and wins and losses are to be seen all the same. */
async function readUnnumbered({ db }: Context): Promise<readonly EventSubject[]> {
  const { rows } = await sql<EventSubject>`
    select id, topic, subject_id as "subjectId" from event
    where position is null order by occurred_at desc, id desc limit ${UNNUMBERED_MAX}`.execute(db)
  return rows
}

async function readEventSubjects({ db }: Context, after: bigint, last: bigint) {
  const { rows } = await sql<EventSubject & { readonly position: bigint }>`
    select id, position, topic, subject_id as "subjectId" from event
    where position > ${after} and position <= ${last} order by position limit ${EVENTS_PER_LOOK_MAX}`.execute(
    db,
  )
  return rows
}
