import type { Outcome } from '@droplock/rules/machines/catch-target'
import { sql } from 'kysely'
import { placeBackorder } from '../../src/backorders/place.ts'
import type { Context } from '../../src/context.ts'
import { closeDue } from '../../src/schedule/steps.ts'
import { beginFiring } from '../../src/targets/begin-firing.ts'
import { recordOutcome, type TargetOutcome } from '../../src/targets/record-outcome.ts'
import { givenAccount, givenListings, givenRegistry, REGISTRY_ACCOUNT } from './world.ts'

/** A registry with secured backorders of these names, past their cut-off: their targets, armed. */
export async function givenArmedTargets(ctx: Context, names: readonly string[] = ['wanted.test']) {
  await givenRegistry(ctx)
  await givenListings(ctx, { names: [...names] })
  const buyer = await givenAccount(ctx, { balanceMinor: 1_000_000n })
  for (const name of names) await placeBackorder(buyer, { name, payment: 'balance' })
  await sql`update listing set cutoff_at = clock_timestamp() where state = 'open'`.execute(ctx.db)
  while ((await closeDue(ctx)).closed > 0);
  return ctx.db.selectFrom('catch_target').selectAll().orderBy('name').execute()
}

/** Cut-off, fire and result of every secured name, at once. Time is moved, not waited for. */
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
    await recordOutcome(ctx, settlementOf(id, listingId, outcome))
  }
}

export function settlementOf(targetId: string, listingId: string, outcome: Outcome): TargetOutcome {
  const told = {
    targetId,
    listingId,
    registryAccountId: REGISTRY_ACCOUNT,
    code: null,
    holderClid: null,
    attempts: [],
  }
  return outcome === 'registered' ? { ...told, outcome, crDate: new Date() } : { ...told, outcome }
}
