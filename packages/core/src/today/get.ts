import { type BackorderState, backorderMachine } from '@droplock/rules/machines/backorder'
import { type ListingState, listingMachine } from '@droplock/rules/machines/listing'
import { statesOf } from '@droplock/rules/machines/machine'
import { sql } from 'kysely'
import type { Alarm } from '../alarms/alarm-view.ts'
import { listAlarms } from '../alarms/list.ts'
import { requirePermission, type StaffContext } from '../context.ts'
import { databaseTime } from '../database/time.ts'
import { listRuns } from '../lists/list-runs.ts'
import type { RunView } from '../lists/run-view.ts'
import { type NextWindow, readNextWindows } from './next-windows.ts'
import { readWaiting, type Waiting } from './waiting.ts'

/** Ended listings and decided backorders are counted this far back: the day behind, not the years. */
const HOURS_BACK = 24

/** Alarms shown on the first page: what one takes in at a glance. Their own page has all. */
const ALARMS_SHOWN_MAX = 8

/** What an operator looks at first. Live ones are counted all, ended ones of the last 24 hours. */
export type Today = {
  readonly at: Date
  readonly listings: Readonly<Record<ListingState, number>>
  readonly backorders: Readonly<Record<BackorderState, number>>
  readonly nextWindows: readonly NextWindow[]
  /** The first of the open ones; `waiting.alarms` says how many there are. */
  readonly alarms: readonly Alarm[]
  readonly lastSync: RunView | null
  readonly waiting: Waiting
}

/** Throws Refusal('forbidden'). */
export async function getToday(ctx: StaffContext): Promise<Today> {
  requirePermission(ctx, 'console:read')
  const alarms = await listAlarms(ctx, { offset: 0, limit: ALARMS_SHOWN_MAX })
  const lastSync = await listRuns(ctx, { offset: 0, limit: 1 })
  return {
    at: await databaseTime(ctx.db),
    listings: await countListings(ctx),
    backorders: await countBackorders(ctx),
    nextWindows: await readNextWindows(ctx.db),
    alarms: alarms.items,
    lastSync: lastSync.items[0] ?? null,
    waiting: await readWaiting(ctx, alarms.total),
  }
}

type Count = { readonly state: string; readonly count: bigint }

async function countListings(ctx: StaffContext) {
  const { rows } = await sql<Count>`
    select state, count(*) as count from listing
    where ended_at is null or ended_at > clock_timestamp() - make_interval(hours => ${HOURS_BACK})
    group by state`.execute(ctx.db)
  return byState(statesOf(listingMachine), rows)
}

async function countBackorders(ctx: StaffContext) {
  const { rows } = await sql<Count>`
    select state, count(*) as count from backorder
    where decided_at is null or decided_at > clock_timestamp() - make_interval(hours => ${HOURS_BACK})
    group by state`.execute(ctx.db)
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
