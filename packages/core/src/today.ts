import { COUNTED_MAX } from '@droplock/rules/counts'
import { type BackorderState, backorderMachine } from '@droplock/rules/machines/backorder'
import { type ListingState, listingMachine } from '@droplock/rules/machines/listing'
import { statesOf } from '@droplock/rules/machines/machine'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import { type Alarm, listAlarms } from './alarms/read.ts'
import { requirePermission, type StaffContext } from './context.ts'
import type { Database } from './database/tables.gen.ts'
import { databaseTime } from './database/time.ts'
import { countDropDay, type ZoneDay } from './drop-day.ts'
import { isLive } from './is-listed.ts'
import { readSyncHealth, type SyncHealth } from './sync-health.ts'

/** Ended listings and decided backorders are counted for the last day only. */
const HOURS_BACK = 24

/** Alarms on the first page: as many as one takes in at a glance. Their own page has all. */
const ALARMS_SHOWN_MAX = 8

/** The console's first page. Counts all live listings and backorders, and those that ended in the last 24 hours. */
type Today = {
  readonly at: Date
  readonly listings: Readonly<Record<ListingState, number>>
  readonly backorders: Readonly<Record<BackorderState, number>>
  readonly dropDay: readonly ZoneDay[]
  readonly nextWindows: readonly NextWindow[]
  /** The first of the open alarms; `waiting.alarms` counts all of them. */
  readonly alarms: readonly Alarm[]
  readonly syncs: SyncHealth
  readonly waiting: Waiting
}

/** Throws Refusal('forbidden'). */
export async function getToday(ctx: StaffContext): Promise<Today> {
  requirePermission(ctx, 'console:read')
  const alarms = await listAlarms(ctx, { offset: 0, limit: ALARMS_SHOWN_MAX })
  return {
    at: await databaseTime(ctx.db),
    listings: await countListings(ctx),
    backorders: await countBackorders(ctx),
    dropDay: await countDropDay(ctx.db),
    nextWindows: await readNextWindows(ctx.db),
    alarms: alarms.items,
    syncs: await readSyncHealth(ctx),
    waiting: await readWaiting(ctx, alarms.total),
  }
}

type Count = { readonly state: string; readonly count: bigint }

/** Each state is counted up to `COUNTED_MAX`. */
async function countListings(ctx: StaffContext) {
  const live = (['upcoming', 'open', 'closed', 'dropping'] as const).map(
    (state) => sql`
      select ${sql.lit(state)} as state, count(*) from (
        select from listing where state = ${sql.lit(state)} limit ${COUNTED_MAX}) as counted`,
  )
  const { rows } = await sql<Count>`
    ${sql.join(live, sql` union all `)} union all
    select state, least(count(*), ${COUNTED_MAX}) from listing where ended_at > ${since} group by state`.execute(
    ctx.db,
  )
  return byState(statesOf(listingMachine), rows)
}

const since = sql`statement_timestamp() - make_interval(hours => ${sql.lit(HOURS_BACK)})`

async function countBackorders(ctx: StaffContext) {
  const { rows } = await sql<Count>`
    select state, count(*) from (
      select state from backorder where state in ('pending_payment', 'backordered', 'registering')
      limit ${3 * COUNTED_MAX}) as undecided group by state
    union all
    select state, least(count(*), ${COUNTED_MAX}) from backorder where decided_at > ${since} group by state`.execute(
    ctx.db,
  )
  return byState(statesOf(backorderMachine), rows)
}

/** Every state, with 0 where there is none. */
function byState<State extends string>(
  states: readonly State[],
  counts: readonly Count[],
): Record<State, number> {
  const found = new Map(counts.map(({ state, count }) => [state, Number(count)]))
  return Object.fromEntries(states.map((state) => [state, found.get(state) ?? 0])) as Record<State, number>
}

/** Windows shown: more than a day has, less than a page. */
const WINDOWS_SHOWN_MAX = 12

/** Live listings of one zone whose drop starts in the same minute. Grouped by exact instants, every name could be a window. */
type NextWindow = {
  readonly zone: string
  /** The earliest start, the latest end and the earliest cut-off among them. */
  readonly dropFrom: Date
  readonly dropTo: Date
  readonly cutoffAt: Date
  readonly listings: number
  readonly held: number
}

type Row = {
  readonly zone: string
  readonly drop_from: Date
  readonly drop_to: Date
  readonly cutoff_at: Date
  readonly listings: bigint
  readonly held: bigint
}

/** The start of the first window of a zone at or after a time. */
function nextStart(zone: RawBuilder<unknown>, after: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(
    select date_trunc('minute', drop_from) from listing
    where ${isLive} and listing.zone = ${zone} and drop_from >= ${after} and drop_to > statement_timestamp()
    order by drop_from limit 1)`
}

/**
 * The windows that are open now or next, soonest first. Each is one look at the index of its zone: the first of every zone, then the
 * following ones of those that come before the last one shown. Their names are read up to `COUNTED_MAX`.
 */
async function readNextWindows(db: Kysely<Database>): Promise<readonly NextWindow[]> {
  const { rows } = await sql<Row>`
    with recursive first as materialized (select name as zone, ${nextStart(sql`zone.name`, sql`'-infinity'`)} as minute from zone),
    last as materialized (
      select coalesce((select minute from first where minute is not null order by minute offset ${WINDOWS_SHOWN_MAX - 1} limit 1), 'infinity') as minute
    ), found as (
      select zone, minute, 1 as number from first where minute <= (select minute from last)
      union all
      select zone, ${nextStart(sql`found.zone`, sql`found.minute + interval '1 minute'`)}, number + 1 from found
      where minute <= (select minute from last) and number < ${WINDOWS_SHOWN_MAX}
    ), shown as materialized (
      select zone, minute from found where minute is not null order by minute, zone limit ${WINDOWS_SHOWN_MAX}
    )
    select shown.zone, of_window.* from shown cross join lateral (
      select min(drop_from) as drop_from, max(drop_to) as drop_to, min(cutoff_at) as cutoff_at, count(*) as listings, count(holder) as held
      from (select drop_from, drop_to, cutoff_at, holder from listing
        where ${isLive} and listing.zone = shown.zone and drop_from >= shown.minute and drop_from < shown.minute + interval '1 minute'
          and drop_to > statement_timestamp()
        limit ${COUNTED_MAX}) as listed) as of_window
    order by of_window.drop_from, shown.zone`.execute(db)
  return rows.map((row) => ({
    zone: row.zone,
    dropFrom: row.drop_from,
    dropTo: row.drop_to,
    cutoffAt: row.cutoff_at,
    listings: Number(row.listings),
    held: Number(row.held),
  }))
}

/** What needs a person's attention, or soon may. */
type Waiting = {
  readonly alarms: number
  readonly quarantinedRuns: number
  readonly proposedRefunds: number
  readonly suspectListings: number
  readonly ambiguousTargets: number
  readonly financeTasks: number
  readonly proposedReversals: number
  /** Disputes for which the provider has no evidence yet. */
  readonly openDisputes: number
  readonly unmatchedItems: number
  /** Target outcomes, bank transfers and credit limits that wait for another person. */
  readonly openProposals: number
  /** When the oldest of each began to wait. */
  readonly oldestProposedRefundAt: Date | null
  readonly oldestFinanceTaskAt: Date | null
  readonly oldestProposedReversalAt: Date | null
  readonly oldestOpenDisputeAt: Date | null
  readonly oldestUnmatchedItemAt: Date | null
  readonly oldestOpenProposalAt: Date | null
}

async function readWaiting(ctx: StaffContext, alarms: number): Promise<Waiting> {
  const { rows } = await sql<Omit<Waiting, 'alarms'>>`
    select
      (select count(*)::integer from sync_run where state = 'quarantined') as "quarantinedRuns",
      (select count(*)::integer from refund where state = 'proposed') as "proposedRefunds",
      (select count(*)::integer from (select from listing where suspect and state in ('upcoming', 'open', 'closed') limit ${COUNTED_MAX}) as suspects) as "suspectListings",
      (select count(*)::integer from catch_target where state = 'ambiguous') as "ambiguousTargets",
      (select count(*)::integer from finance_task where closed_at is null) as "financeTasks",
      (select count(*)::integer from bank_transfer where state = 'reversal_proposed') as "proposedReversals",
      (select count(*)::integer from dispute where state = 'open' and answered_at is null) as "openDisputes",
      (select min(opened_at) from dispute where state = 'open' and answered_at is null) as "oldestOpenDisputeAt",
      (select count(*)::integer from reconciliation_item where closed_at is null) as "unmatchedItems",
      (select count(*)::integer from proposal where state = 'proposed' and expires_at > statement_timestamp()) as "openProposals",
      (select min(proposed_at) from proposal where state = 'proposed' and expires_at > statement_timestamp()) as "oldestOpenProposalAt",
      (select min(first_seen_at) from reconciliation_item where closed_at is null) as "oldestUnmatchedItemAt",
      (select min(created_at) from refund where state = 'proposed') as "oldestProposedRefundAt",
      (select min(opened_at) from finance_task where closed_at is null) as "oldestFinanceTaskAt",
      (select min(reversal_proposed_at) from bank_transfer where state = 'reversal_proposed') as "oldestProposedReversalAt"`.execute(
    ctx.db,
  )
  const waiting = rows[0]
  if (waiting === undefined) throw new Error('no row of counts')
  return { alarms, ...waiting }
}
