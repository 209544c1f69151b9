import type { Context } from '@droplock/core/context'
import type { Simulator } from '../../../registry-sim/src/start-simulator.ts'
import { earliestArrivals } from '../catch/optimum.ts'
import { LIMITS } from './arrange.ts'
import { type Run, scenarios } from './scenarios.ts'

export type Measured = {
  /** Names whose submission window was open when they were released. */
  readonly open: number
  readonly caught: number
  /** Those of them that were caught in that window. */
  readonly caughtOpen: number
  /** Names for which a create of ours arrived within a second of the release. */
  readonly soon: number
  /** Names for which it could: those whose window was open, one after the other within the limits. */
  readonly soonMax: number
  /** Changes by drift. */
  readonly changes: number
}

/** Compares when names were released, as the registry knows it, with the submission windows as they were at that moment. */
export async function measureRun(ctx: Context, simulator: Simulator, run: Run): Promise<Measured> {
  const { clockSkewMs } = scenarios[run.scenario]
  let open = 0
  let caught = 0
  let caughtOpen = 0
  let soon = 0
  const openMs: number[] = []
  for (const { name, releasedAt, winner, arrivals } of simulator.truth(run.id)) {
    const isOurs = winner?.clID === 'droplock'
    if (isOurs) caught += 1
    if (releasedAt !== null && arrivals.some(({ at }) => isSoon(at, releasedAt))) soon += 1
    if (releasedAt === null || !(await wasOpen(ctx, name, new Date(releasedAt), clockSkewMs))) continue
    open += 1
    openMs.push(Date.parse(releasedAt))
    if (isOurs && (await wasOpen(ctx, name, new Date(winner.crDate), clockSkewMs))) caughtOpen += 1
  }
  const drifts = ctx.db.selectFrom('schedule_change').select('filter').where('kind', '=', 'drift')
  const changes = (await drifts.execute()).filter(({ filter }) => Object(filter).zone === run.id)
  return { open, caught, caughtOpen, soon, soonMax: countSoon(openMs), changes: changes.length }
}

/** A first create counts as soon within this time of its name's release. */
const SOON_MS = 1_000

function isSoon(at: string, releasedAt: string): boolean {
  const afterMs = Date.parse(at) - Date.parse(releasedAt)
  return afterMs >= 0 && afterMs <= SOON_MS
}

/** How many names somebody who knows the releases would try within a second, by the limits of our account. */
function countSoon(releasesMs: readonly number[]): number {
  const inOrder = releasesMs.toSorted((one, other) => one - other)
  const { sessionsMax, commandsPerSecondMax } = LIMITS
  return earliestArrivals(inOrder, {
    sessions: sessionsMax,
    commandsPerSecond: commandsPerSecondMax,
    roundTripMs: 0,
  }).filter((atMs, index) => atMs - (inOrder[index] ?? atMs) <= SOON_MS).length
}

/** `at` and windows are by the clock of the registry, changes by ours. */
async function wasOpen(ctx: Context, name: string, at: Date, clockSkewMs: number): Promise<boolean> {
  const listing = await ctx.db
    .selectFrom('listing')
    .select(['id', 'drop_from', 'drop_to'])
    .where('name', '=', name)
    .executeTakeFirstOrThrow()
  const moved = await ctx.db
    .selectFrom('schedule_change_listing as child')
    .innerJoin('schedule_change as change', 'change.id', 'child.change_id')
    .select(['child.drop_from_after', 'child.drop_to_after'])
    .where('child.listing_id', '=', listing.id)
    .where('child.result', '=', 'applied')
    .where('change.made_at', '<=', new Date(at.getTime() - clockSkewMs))
    .orderBy('change.made_at', 'desc')
    .executeTakeFirst()
  return (
    (moved?.drop_from_after ?? listing.drop_from) <= at && at <= (moved?.drop_to_after ?? listing.drop_to)
  )
}
