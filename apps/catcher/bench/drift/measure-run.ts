import type { Context } from '@droplock/core/context'
import type { Simulator } from '../../../registry-sim/src/start-simulator.ts'
import { type Run, scenarios } from './scenarios.ts'

type Measured = {
  /** Names whose submission window was open when they were released. */
  readonly open: number
  readonly caught: number
  /** Changes by drift. */
  readonly changes: number
}

/** Compares when names were released, as the registry knows it, with the submission windows as they were at that moment. */
export async function measureRun(ctx: Context, simulator: Simulator, run: Run): Promise<Measured> {
  const { clockSkewMs } = scenarios[run.scenario]
  let open = 0
  let caught = 0
  for (const { name, releasedAt, winner } of simulator.truth(run.id)) {
    if (winner?.clID === 'droplock') caught += 1
    if (releasedAt === null) continue
    if (await wasOpen(ctx, name, new Date(releasedAt), clockSkewMs)) open += 1
  }
  const drifts = ctx.db.selectFrom('schedule_change').select('filter').where('kind', '=', 'drift')
  const changes = (await drifts.execute()).filter(({ filter }) => Object(filter).zone === run.id)
  return { open, caught, changes: changes.length }
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
