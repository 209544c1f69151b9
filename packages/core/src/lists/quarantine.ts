import {
  COMPARED_NAMES_MIN,
  isMalformed,
  type QuarantineFacts,
  type QuarantineLimits,
} from '@droplock/rules/lists'
import type { RejectReason } from '@droplock/rules/ports/drop-feed'
import { type RawBuilder, sql, type Transaction } from 'kysely'
import type { Database } from '../database/tables.gen.ts'
import { isLive } from '../is-listed.ts'
import type { LockedRun } from '../locks.ts'
import type { Comparison } from './compare.ts'
import { rejectCounts } from './read.ts'

/** Lists that show what is usual: a week of daily ones. The median is used, so that one unusual day does not count. */
const RUNS_COMPARED_MAX = 7

/** What decides whether a run is quarantined, with the limits that apply to it. */
export async function readQuarantineFacts(
  tx: Transaction<Database>,
  run: LockedRun,
  { diff, rowsByZone, zonesEmptied }: Comparison,
): Promise<{ readonly facts: QuarantineFacts; readonly limits: QuarantineLimits }> {
  const usual = await readUsual(tx, run)
  const facts = {
    scopeKind: run.scope_kind,
    rows: run.rows_read - run.rows_rejected,
    malformed: malformedRows(run),
    tooLate: diff.too_late,
    brokeOff: brokeOff(run),
    rowsUsual: usual.rows ?? (await readUsualOfDays(tx, run)),
    added: diff.added,
    live: diff.live,
    moved: diff.moved,
    suspected: diff.suspected,
    zonesEmptied,
    zonesMissing: usual.zones.filter((zone) => rowsByZone[zone] === undefined),
  }
  return { facts, limits: await readLimits(tx, run) }
}

/** The limits of the source; where it sets none, and for what people upload, those of the registry. */
async function readLimits(tx: Transaction<Database>, run: LockedRun): Promise<QuarantineLimits> {
  const limits = await tx
    .selectFrom('registry')
    .leftJoin('list_source as source', (join) => join.on('source.id', '=', run.source_id))
    .select(({ fn }) => [
      fn.coalesce('source.suspected_percent_max', 'registry.suspected_percent_max').as('suspected'),
      fn.coalesce('source.moved_percent_max', 'registry.moved_percent_max').as('moved'),
      fn.coalesce('source.rows_percent_min', 'registry.rows_percent_min').as('rows'),
      'registry.rejects_percent_max as rejects',
    ])
    .where('registry.id', '=', run.registry_id)
    .executeTakeFirstOrThrow()
  return {
    suspectedPercentMax: limits.suspected,
    movedPercentMax: limits.moved,
    rowsPercentMin: limits.rows,
    rejectsPercentMax: limits.rejects,
  }
}

/** What is usual for a list: its accepted rows, and the zones that it has not just a few names of. */
type Usual = { readonly rows: number | null; readonly zones: readonly string[] }

/**
 * By the published lists of the same source; of a source that has published none, by those of its registry and format. Lists without
 * an accepted row count for nothing.
 */
async function readUsual(tx: Transaction<Database>, run: LockedRun): Promise<Usual> {
  const ofSource = await readUsualOf(tx, run, isOfSource(run))
  if (ofSource.rows !== null) return ofSource
  const { rows } = await readUsualOf(tx, run, sql`true`)
  return { rows, zones: [] }
}

/** A folder is one source, and so is what people upload. */
function isOfSource(run: LockedRun): RawBuilder<boolean> {
  return run.uploaded_by === null
    ? sql<boolean>`uploaded_by is null and split_part(source, '#', 1) = split_part(${run.source}, '#', 1)`
    : sql<boolean>`uploaded_by is not null`
}

async function readUsualOf(
  tx: Transaction<Database>,
  run: LockedRun,
  condition: RawBuilder<unknown>,
): Promise<Usual> {
  const { rows } = await sql<{ rows: number | null; zones: string[] | null }>`
    with earlier as materialized (
      select id, rows_read - rows_rejected as accepted, rows_by_zone from sync_run
      where registry_id = ${run.registry_id} and format = ${run.format} and scope_kind = ${run.scope_kind}
        and state = 'published' and rows_read > rows_rejected and ${condition}
      order by published_at desc limit ${RUNS_COMPARED_MAX}
    ), of_zone as (
      select zone from earlier, jsonb_each_text(rows_by_zone) as each (zone, rows)
      where rows::integer >= ${COMPARED_NAMES_MIN} group by zone having count(*) > (select count(*) from earlier) / 2
    )
    select (select percentile_disc(0.5) within group (order by accepted) from earlier) as rows,
      (select array_agg(zone) from of_zone) as zones`.execute(tx)
  return { rows: rows[0]?.rows ?? null, zones: rows[0]?.zones ?? [] }
}

/** Where no list was published before: what its zones usually have on a day, times the days that the list has. */
async function readUsualOfDays(tx: Transaction<Database>, run: LockedRun): Promise<number | null> {
  const { rows } = await sql<{ usual: number | null }>`
    select percentile_disc(0.5) within group (order by live) * (
      select count(distinct (drop_from at time zone 'UTC')::date) from sync_row where run_id = ${run.id}) as usual
    from (select count(*) as live from listing
      where zone = any(${[...run.scope_zones]}::text[]) and ${isLive}
      group by (drop_from at time zone 'UTC')::date) as day`.execute(tx)
  const usual = rows[0]?.usual
  return usual === null || usual === undefined ? null : Number(usual)
}

function malformedRows({ rejects_by_reason }: LockedRun): number {
  return rejectCounts(rejects_by_reason)
    .filter(({ reason }) => isMalformed(reason as RejectReason))
    .reduce((total, { count }) => total + count, 0)
}

function brokeOff({ truncated, rejects_by_reason }: LockedRun): QuarantineFacts['brokeOff'] {
  if (!truncated) return null
  return rejectCounts(rejects_by_reason).some(({ reason }) => reason === 'beyond_limits')
    ? 'beyond_limits'
    : 'truncated'
}
