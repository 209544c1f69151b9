import type { Schedule } from '@droplock/rules/listings'
import type { SyncRunState } from '@droplock/rules/machines/sync-run'
import { Refusal } from '@droplock/rules/refusals'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import { type OperatorContext, requirePermission } from '../context.ts'
import { readOn } from '../database/list-cursor.ts'
import { escapeLike, type Listed, type Paging } from '../database/page.ts'
import type { Database } from '../database/tables.gen.ts'
import { searchedAs } from '../name-as-written.ts'
import { scheduleOrNull } from '../schedule/read.ts'
import { classified } from './classify.ts'
import type { RunScope } from './internal.ts'
import { publicationOf } from './open-gate.ts'

/**
 * What a run does to a name. `overridden`: the list states another schedule, but an operator's override is in force. `blocked`:
 * operators have blocked the name, so it is not listed.
 */
type ChangeKind = 'added' | 'moved' | 'suspected' | 'overridden' | 'too_late' | 'blocked' | 'unchanged'

/**
 * Names by kind. `live`: the live listings that the list carries or has in its scope; those that were suspect before and are still
 * missing are counted here and in no kind.
 */
export type RunDiff = Readonly<Record<ChangeKind, number>> & { readonly live: number }

/**
 * What publishing a staged run would do now, or what its publication did so far. Throws Refusal: forbidden,
 * sync_run_not_found.
 */
export async function diffRun(ctx: OperatorContext, runId: string): Promise<RunDiff> {
  requirePermission(ctx, 'console:read')
  const run = await ctx.db.selectFrom('sync_run').selectAll().where('id', '=', runId).executeTakeFirst()
  if (run === undefined) throw new Refusal('sync_run_not_found', 'No such sync run.')
  return isBegun(run.state) ? publishedDiff(run) : countChanges(ctx.db, run)
}

/** From the beginning of its publication a run shows what was done, before it what would be done. */
function isBegun(state: SyncRunState): boolean {
  return state === 'publishing' || state === 'published'
}

/** What was done. The names that a run added are the listings that refer to it; its rows say what it stated of them. */
function published(runId: string): RawBuilder<unknown> {
  return sql`(
    select name, kind, zone, listing_id, cutoff_before, drop_from_before, drop_to_before, cutoff_after, drop_from_after,
      drop_to_after
    from sync_change where run_id = ${runId}
    union all
    select listing.name, 'added', listing.zone, listing.id, null, null, null, coalesce(row.cutoff_at, listing.cutoff_at),
      coalesce(row.drop_from, listing.drop_from), coalesce(row.drop_to, listing.drop_to)
    from listing left join sync_row as row on row.run_id = ${runId} and row.name = listing.name
    where listing.publication_id = ${runId})`
}

type ListChanges = Paging & {
  readonly runId: string
  readonly kind?: Exclude<ChangeKind, 'unchanged'>
  /** A part of the name. */
  readonly q?: string
}

/** `before` is null for a name that was not listed, `after` for one that the list no longer carries. */
type RunChange = {
  readonly name: string
  readonly kind: Exclude<ChangeKind, 'unchanged'>
  readonly zone: string
  readonly listingId: string | null
  readonly before: Schedule | null
  readonly after: Schedule | null
}

/**
 * The changes of a run, by name; unchanged names are only counted. Before publication they are computed, afterwards they are what
 * was done. Throws Refusal: forbidden, sync_run_not_found.
 */
export async function listChanges(ctx: OperatorContext, query: ListChanges): Promise<Listed<RunChange>> {
  requirePermission(ctx, 'console:read')
  const run = await ctx.db.selectFrom('sync_run').selectAll().where('id', '=', query.runId).executeTakeFirst()
  if (run === undefined) throw new Refusal('sync_run_not_found', 'No such sync run.')
  const changes = isBegun(run.state) ? published(run.id) : classified(run)
  const kinds = query.kind === undefined ? shownKinds : [query.kind]
  const pattern = `%${escapeLike(searchedAs(query.q ?? ''))}%`
  const whole = sql<Row>`select * from ${changes} as change where kind = any(${kinds}) and name like ${pattern} order by name`
  const following = await readOn(ctx.db, { compile: () => whole.compile(ctx.db) }, query.limit)
  if (following !== undefined) return { items: following.map(toChange), total: following.length }
  // Total and page in one statement: before publication the changes are computed anew for every page.
  const { rows } = await sql<Partial<Row> & { readonly total: bigint }>`
    with matching as materialized (
      select * from ${changes} as change where kind = any(${kinds}) and name like ${pattern}
    )
    select counted.total, page.* from (select count(*) as total from matching) as counted
    left join (select * from matching order by name limit ${query.limit} offset ${query.offset}) as page on true
    order by page.name`.execute(ctx.db)
  return {
    items: rows.flatMap((row) => (isRow(row) ? [toChange(row)] : [])),
    total: Number(rows[0]?.total ?? 0),
  }
}

/** Beyond the last page the statement returns the total alone. */
function isRow(row: Partial<Row>): row is Row {
  return typeof row.name === 'string'
}

const shownKinds = ['added', 'moved', 'suspected', 'overridden', 'too_late', 'blocked']

type Row = {
  readonly name: string
  readonly kind: RunChange['kind']
  readonly zone: string
  readonly listing_id: string | null
  readonly cutoff_before: Date | null
  readonly drop_from_before: Date | null
  readonly drop_to_before: Date | null
  readonly cutoff_after: Date | null
  readonly drop_from_after: Date | null
  readonly drop_to_after: Date | null
}

function toChange(row: Row): RunChange {
  return {
    name: row.name,
    kind: row.kind,
    zone: row.zone,
    listingId: row.listing_id,
    before: scheduleOrNull(row.cutoff_before, row.drop_from_before, row.drop_to_before),
    after: scheduleOrNull(row.cutoff_after, row.drop_from_after, row.drop_to_after),
  }
}

function publishedDiff(run: Parameters<typeof publicationOf>[0]): RunDiff {
  const { tooLate, ...counts } = publicationOf(run)
  const { moved, suspected, overridden, unchanged } = counts
  return { ...counts, too_late: tooLate, live: moved + suspected + overridden + unchanged }
}

/** Counts the names of a run by kind, as of now. */
export async function countChanges(db: Kysely<Database>, run: RunScope): Promise<RunDiff> {
  const { rows } = await sql<{ kind: string; count: bigint }>`
    select kind, count(*) as count from ${classified(run)} as change group by kind`.execute(db)
  const counts = new Map(rows.map((row) => [row.kind, Number(row.count)]))
  const of = (kind: string) => counts.get(kind) ?? 0
  const [moved, suspected, overridden, unchanged] = [
    of('moved'),
    of('suspected'),
    of('overridden'),
    of('unchanged'),
  ]
  return {
    added: of('added'),
    moved,
    suspected,
    overridden,
    unchanged,
    too_late: of('too_late'),
    blocked: of('blocked'),
    live: moved + suspected + overridden + unchanged + of('suspect_already'),
  }
}
