import type { Outcome } from '@droplock/rules/machines/catch-target'
import { sql } from 'kysely'
import { placeBackorder } from '../../src/backorders/place.ts'
import type { Context } from '../../src/context.ts'
import { closeDue } from '../../src/schedule/steps.ts'
import { beginFiring } from '../../src/targets/begin-firing.ts'
import { recordOutcome } from '../../src/targets/record-outcome.ts'
import type { TargetOutcome } from '../../src/targets/target-outcome.ts'
import { givenAccount, givenListings, givenRegistry, REGISTRY_ACCOUNT } from './world.ts'

/** A registry with secured backorders of these names past their cut-off. Returns their armed targets. */
export async function givenArmedTargets(ctx: Context, names: readonly string[] = ['wanted.test']) {
  await givenRegistry(ctx)
  await givenListings(ctx, { names: [...names] })
  const buyer = await givenAccount(ctx, { balanceMinor: 1_000_000n })
  for (const name of names) await placeBackorder(buyer, { name, payment: 'balance' })
  await sql`update listing set cutoff_at = clock_timestamp() where state = 'open'`.execute(ctx.db)
  while ((await closeDue(ctx)).closed > 0);
  return ctx.db.selectFrom('catch_target').selectAll().orderBy('name').execute()
}

/** Targets whose windows a test has moved are one batch, of the day that they have now: from an hour before midnight it is another. */
export async function moveBatch({ db }: Context): Promise<void> {
  await sql`update batch_drift set day = (
    select min((expected_from at time zone drop_time_zone)::date) from catch_target
    join listing on listing.id = listing_id join zone on zone.name = listing.zone)`.execute(db)
}

/** The window of every target is open now. */
export async function openWindows(ctx: Context): Promise<void> {
  await sql`update catch_target set drop_from = clock_timestamp() - interval '1 second',
    drop_to = clock_timestamp() + interval '1 hour', grace_until = clock_timestamp() + interval '2 hours'`.execute(
    ctx.db,
  )
}

/** Moves every secured name through cut-off and drop to this outcome, without waiting. */
export async function dropAll(ctx: Context, outcome: Outcome): Promise<void> {
  await sql`update listing set cutoff_at = clock_timestamp() where state = 'open'`.execute(ctx.db)
  while ((await closeDue(ctx)).closed > 0);
  const targets = await ctx.db
    .selectFrom('catch_target')
    .select(['id', 'listing_id'])
    .where('state', '=', 'armed')
    .orderBy('id')
    .execute()
  await beginFiring(
    ctx,
    targets.map((target) => target.id),
  )
  for (const { id, listing_id: listingId } of targets) {
    await recordOutcome(ctx, outcomeOf(id, listingId, outcome))
  }
}

export function outcomeOf(
  targetId: string,
  listingId: string,
  outcome: Outcome,
  crDate = new Date(),
): TargetOutcome {
  const common = {
    targetId,
    listingId,
    registryAccountId: REGISTRY_ACCOUNT,
    code: null,
    holderClid: null,
    attempts: [],
  }
  return outcome === 'registered' ? { ...common, outcome, crDate } : { ...common, outcome }
}
