import { type Kysely, sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'
import { isBlocked } from '../is-blocked.ts'
import { isLive } from '../is-listed.ts'
import type { RunDiff } from './changes.ts'
import { carriedKind, isAbsent } from './classify.ts'
import type { RunScope } from './internal.ts'

/** What a run would change, by the listings as they are now. */
export type Comparison = {
  readonly diff: RunDiff
  /** Accepted rows by zone. */
  readonly rowsByZone: Readonly<Record<string, number>>
  /** Zones with live listings in the run's scope, none of which it carries. */
  readonly zonesEmptied: readonly string[]
}

/**
 * Compares a staged run with the live listings, as a set and without locking any: notes in `pending_change` which of them it changes,
 * and counts. Whatever it costs, nobody waits for it. Each listing is compared again when it is changed.
 *
 * The plans do not depend on statistics, which are not known yet for what was staged a moment ago: carried names are found one by one
 * by the index of live names, absent ones by a hash of the rows. (Tried: by stale statistics, 60,000 rows against 50,000 listings took
 * 164 s.)
 */
export function compareRun(ctx: Context, run: RunScope): Promise<Comparison> {
  return inTransaction(ctx.db, async (tx) => {
    await sql`delete from pending_change where run_id = ${run.id}`.execute(tx)
    const staged = await countStaged(tx, run)
    const carried = await compareCarried(tx, run)
    const absent = await compareAbsent(tx, run)
    const rowsByZone = Object.fromEntries(staged.map(({ zone, rows }) => [zone, Number(rows)]))
    await sql`
      update sync_run set compared_at = clock_timestamp(), rows_by_zone = ${JSON.stringify(rowsByZone)}::jsonb
      where id = ${run.id}`.execute(tx)
    return { diff: diffOf(staged, carried, absent), rowsByZone, zonesEmptied: emptied(carried, absent) }
  })
}

type Staged = {
  readonly zone: string
  readonly rows: bigint
  readonly blocked: bigint
  readonly too_late: bigint
}

async function countStaged(db: Kysely<Database>, run: RunScope): Promise<readonly Staged[]> {
  const { rows } = await sql<Staged>`
    select zone, count(*) as rows, count(*) filter (where is_new and blocked) as blocked,
      count(*) filter (where is_new and not blocked and cutoff_at <= statement_timestamp()) as too_late
    from (
      select zone, cutoff_at, ${isBlocked(sql`row.name`)} as blocked, not exists (
        select from listing where listing.name = row.name and ${isLive}) as is_new
      from sync_row as row where run_id = ${run.id}) as staged
    group by zone`.execute(db)
  return rows
}

type Carried = { readonly zone: string; readonly kind: string; readonly count: bigint }

async function compareCarried(tx: Transaction<Database>, run: RunScope): Promise<readonly Carried[]> {
  // A sequential scan of the listings for each row is what an empty table would be planned with.
  await sql`set local enable_seqscan = off`.execute(tx)
  const { rows } = await sql<Carried>`
    with carried as materialized (
      select listing.id, row.zone, ${carriedKind(run)} as kind
      from sync_row as row cross join lateral (
        select * from listing where listing.name = row.name and ${isLive} limit 1
      ) as listing
      where row.run_id = ${run.id}
    ), noted as (
      insert into pending_change (run_id, kind, listing_id)
      select ${run.id}::uuid, 'carried', id from carried where kind <> 'unchanged'
    )
    select zone, kind, count(*) as count from carried group by zone, kind`.execute(tx)
  await sql`set local enable_seqscan = on`.execute(tx)
  return rows
}

type Absent = { readonly zone: string; readonly suspected: bigint; readonly suspect_already: bigint }

async function compareAbsent(tx: Transaction<Database>, run: RunScope): Promise<readonly Absent[]> {
  if (run.scope_kind !== 'snapshot') return []
  await sql`set local enable_nestloop = off`.execute(tx)
  const { rows } = await sql<Absent>`
    with absent as materialized (
      select listing.id, listing.zone, listing.suspect from listing where ${isAbsent(run)}
    ), noted as (
      insert into pending_change (run_id, kind, listing_id)
      select ${run.id}::uuid, 'absent', id from absent where not suspect
    )
    select zone, count(*) filter (where not suspect) as suspected, count(*) filter (where suspect) as suspect_already
    from absent group by zone`.execute(tx)
  await sql`set local enable_nestloop = on`.execute(tx)
  return rows
}

function diffOf(staged: readonly Staged[], carried: readonly Carried[], absent: readonly Absent[]): RunDiff {
  const carriedAs = (kind: string) =>
    sum(carried.filter((each) => each.kind === kind).map(({ count }) => count))
  const [rows, tooLate] = [sum(staged.map((each) => each.rows)), sum(staged.map((each) => each.too_late))]
  const blocked = sum(staged.map((each) => each.blocked))
  const carriedRows = sum(carried.map(({ count }) => count))
  const [moved, overridden] = [carriedAs('moved'), carriedAs('overridden')]
  const suspected = sum(absent.map((each) => each.suspected))
  return {
    added: rows - carriedRows - tooLate - blocked,
    moved,
    overridden,
    suspected,
    too_late: tooLate,
    blocked,
    unchanged: carriedRows - moved - overridden,
    live: carriedRows + suspected + sum(absent.map((each) => each.suspect_already)),
  }
}

function emptied(carried: readonly Carried[], absent: readonly Absent[]): readonly string[] {
  const kept = new Set(carried.map(({ zone }) => zone))
  return absent.filter(({ zone, suspected }) => suspected > 0n && !kept.has(zone)).map(({ zone }) => zone)
}

function sum(counts: readonly bigint[]): number {
  return Number(counts.reduce((total, count) => total + count, 0n))
}
