import type { Schedule } from '@droplock/rules/listings/decide-move'
import { Refusal } from '@droplock/rules/refusals'
import { sql } from 'kysely'
import { requirePermission, type StaffContext } from '../context.ts'
import { escapeLike } from '../database/like.ts'
import type { Listed, Paging } from '../database/listed.ts'
import { scheduleOrNull } from '../schedule/schedule-or-null.ts'
import { classified } from './classify.ts'
import type { ChangeKind } from './count-changes.ts'

export type ListChanges = Paging & {
  readonly runId: string
  readonly kind?: Exclude<ChangeKind, 'unchanged'>
  /** A part of the name. */
  readonly q?: string
}

/** `before` is null for a name that was not listed, `after` for one the list no longer carries. */
export type RunChange = {
  readonly name: string
  readonly kind: Exclude<ChangeKind, 'unchanged'>
  readonly zone: string
  readonly listingId: string | null
  readonly before: Schedule | null
  readonly after: Schedule | null
}

/**
 * The diff of a run name by name, in name order; unchanged names are only counted. Before publication it is computed, after it
 * is what was done. Throws Refusal: forbidden, sync_run_not_found.
 */
export async function listChanges(ctx: StaffContext, query: ListChanges): Promise<Listed<RunChange>> {
  requirePermission(ctx, 'console:read')
  const run = await ctx.db.selectFrom('sync_run').selectAll().where('id', '=', query.runId).executeTakeFirst()
  if (run === undefined) throw new Refusal('sync_run_not_found', 'No such sync run.')
  const changes =
    run.state === 'published' ? sql`(select * from sync_change where run_id = ${run.id})` : classified(run)
  const kinds = query.kind === undefined ? shownKinds : [query.kind]
  const pattern = `%${escapeLike(query.q ?? '')}%`
  // One pass: before publication the diff of a large list is computed for every page.
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

/** Beyond the last page there is the total alone. */
function isRow(row: Partial<Row>): row is Row {
  return typeof row.name === 'string'
}

const shownKinds = ['added', 'moved', 'suspected', 'overridden', 'too_late']

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
