import { COUNTED_MAX } from '@droplock/rules/counts'
import type { CatchTargetState } from '@droplock/rules/machines/catch-target'
import { type Kysely, sql } from 'kysely'
import { requirePermission, type StaffContext } from './context.ts'
import type { Database } from './database/tables.gen.ts'
import { databaseTime } from './database/time.ts'
import { undecidedStates } from './drop-day.ts'
import { type AccountStatusView, readAccountStatuses } from './registry-status/read.ts'

/** Results shown: those of the last seconds of a busy drop. */
const RESULTS_MAX = 50

/** Paid names shown, the most valuable first. */
const NAMES_MAX = 50

/** The next window: what drops within this of its beginning. Names with instants of their own have a window each. */
const WINDOW_HOURS = 1

type RegistryView = {
  readonly id: string
  readonly stop: { readonly reason: string; readonly stoppedAt: Date; readonly stoppedBy: string } | null
  /** Whether a paid name is in its window, so that two people stop it. */
  readonly paidInWindow: boolean
  /** Undecided names that drop within a day, each up to `COUNTED_MAX`. */
  readonly armed: number
  readonly firing: number
  readonly ambiguous: number
  readonly awaitingAward: number
}

type ResultView = {
  readonly backorderId: string
  readonly name: string
  readonly registryId: string
  readonly state: CatchTargetState
  readonly decidedAt: Date
  /** By how much it was lost, where that is known. Milliseconds. */
  readonly lostByMinMs: number | null
  readonly lostByMaxMs: number | null
  readonly holderClid: string | null
  readonly creates: number | null
}

type NameView = {
  readonly backorderId: string
  readonly name: string
  readonly registryId: string
  readonly state: CatchTargetState
  readonly dropFrom: Date
  readonly dropTo: Date
  readonly priceMinor: bigint
  readonly currency: string
}

/** What is watched in the hour of a drop. */
type DropRoom = {
  readonly at: Date
  readonly accounts: readonly AccountStatusView[]
  readonly registries: readonly RegistryView[]
  readonly results: readonly ResultView[]
  /** Of the window that is open, or else of the next one; null: nothing is armed. */
  readonly window: { readonly from: Date; readonly names: number; readonly shown: readonly NameView[] } | null
}

/** Throws Refusal('forbidden'). */
export async function getDropRoom(ctx: StaffContext): Promise<DropRoom> {
  requirePermission(ctx, 'console:read')
  const { db } = ctx
  return {
    at: await databaseTime(db),
    accounts: await readAccountStatuses(ctx),
    registries: await readRegistries(db),
    results: await readResults(db),
    window: await readWindow(db),
  }
}

async function readRegistries(db: Kysely<Database>): Promise<readonly RegistryView[]> {
  const { rows } = await sql<RegistryView>`
    select registry.id,
      (select jsonb_build_object('reason', reason, 'stoppedAt', stopped_at, 'stoppedBy', stopped_by)
        from registry_stop where registry_id = registry.id and ended_at is null) as stop,
      exists (select from catch_target where registry_id = registry.id and state = any (${undecidedStates}::text[])
        and drop_from <= statement_timestamp() and drop_to >= statement_timestamp()) as "paidInWindow",
      counted.*
    from registry cross join lateral (
      select count(*) filter (where state = 'armed')::integer as armed, count(*) filter (where state = 'firing')::integer as firing,
        count(*) filter (where state = 'ambiguous')::integer as ambiguous,
        count(*) filter (where state = 'awaiting_award')::integer as "awaitingAward"
      from (select state from catch_target where registry_id = registry.id and state = any (${undecidedStates}::text[])
        and drop_from < statement_timestamp() + interval '1 day' limit ${COUNTED_MAX}) as near) as counted
    order by registry.id`.execute(db)
  return rows.map((row) => ({
    ...row,
    stop: row.stop && { ...row.stop, stoppedAt: new Date(row.stop.stoppedAt) },
  }))
}

/** Attempts are removed months later: until then the index of those that still have them is the one by decision. */
async function readResults(db: Kysely<Database>): Promise<readonly ResultView[]> {
  const { rows } = await sql<ResultView>`
    select backorder_id as "backorderId", name, registry_id as "registryId", state, decided_at as "decidedAt",
      lost_by_min_ms as "lostByMinMs", lost_by_max_ms as "lostByMaxMs", holder_clid as "holderClid", creates
    from catch_target where attempts_removed_at is null and decided_at is not null
    order by decided_at desc, id limit ${RESULTS_MAX}`.execute(db)
  return rows
}

type WindowRow = NameView & { readonly from: Date; readonly names: number }

async function readWindow(db: Kysely<Database>): Promise<DropRoom['window']> {
  const { rows } = await sql<WindowRow>`
    with next as (
      select min(first.drop_from) as drop_from from registry cross join lateral (
        select drop_from from catch_target where registry_id = registry.id and state = any (${undecidedStates}::text[])
          and drop_to > statement_timestamp() order by drop_from limit 1) as first
    ), near as materialized (
      select target.* from registry cross join lateral (
        select backorder_id, name, registry_id, state, drop_from, drop_to from catch_target
        where registry_id = registry.id and state = any (${undecidedStates}::text[]) and drop_to > statement_timestamp()
          and drop_from < (select drop_from + make_interval(hours => ${WINDOW_HOURS}) from next)
        limit ${COUNTED_MAX}) as target
    )
    select backorder.id as "backorderId", near.name, near.registry_id as "registryId", near.state, near.drop_from as "dropFrom",
      near.drop_to as "dropTo", price_minor as "priceMinor", currency, (select drop_from from next) as "from",
      (count(*) over ())::integer as names
    from near join backorder on backorder.id = near.backorder_id
    order by price_minor desc, near.name limit ${NAMES_MAX}`.execute(db)
  const [first] = rows
  return first === undefined ? null : { from: first.from, names: first.names, shown: rows }
}
