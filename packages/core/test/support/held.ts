import { sql } from 'kysely'
import { placeBackorder } from '../../src/backorders/place.ts'
import type { Context } from '../../src/context.ts'
import { closeDue } from '../../src/schedule/steps.ts'
import { beginFiring } from '../../src/targets/begin-firing.ts'
import { recordOutcome } from '../../src/targets/record-outcome.ts'
import type { TargetOutcome } from '../../src/targets/target-outcome.ts'
import { givenAccount, givenListings, givenRegistry, REGISTRY_ACCOUNT } from './world.ts'

/** One name in each phase of its order. */

export const NAME = 'wanted.test'
export const BALANCE = 10_000n
export const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000)

/** An open listing; its cut-off is a minute before the drop. */
export async function givenOpen(ctx: Context, dropsInMinutes = 60) {
  await givenRegistry(ctx)
  await givenListings(ctx, { names: [NAME], purgeAt: inMinutes(dropsInMinutes) })
  const { id } = await ctx.db
    .selectFrom('listing')
    .select('id')
    .where('name', '=', NAME)
    .executeTakeFirstOrThrow()
  return { listingId: id }
}

/** The same, secured by a buyer. */
export async function givenSecured(ctx: Context, dropsInMinutes = 60) {
  const open = await givenOpen(ctx, dropsInMinutes)
  const buyer = await givenAccount(ctx, { balanceMinor: BALANCE })
  const { id: backorderId } = await placeBackorder(buyer, { name: NAME, payment: 'balance' })
  return { ...open, buyer, backorderId }
}

/** Closed at its cut-off, with an armed target. */
export async function givenArmed(ctx: Context) {
  const secured = await givenSecured(ctx)
  await sql`update listing set cutoff_at = clock_timestamp()`.execute(ctx.db)
  await closeDue(ctx)
  const target = await readTarget(ctx)
  if (target === undefined) throw new Error('no target was armed')
  return { ...secured, targetId: target.id, armedAt: target.armed_at }
}

/** Decided, with attempts that depend on the time of arming. */
export async function givenDecided(
  ctx: Context,
  outcome: 'registered' | 'lost',
  attemptsAt: (armedAt: Date) => TargetOutcome['attempts'] = () => [],
) {
  const armed = await givenArmed(ctx)
  await beginFiring(ctx, [armed.targetId])
  const attempts = attemptsAt(armed.armedAt).map((attempt) => ({ ...attempt, targetId: armed.targetId }))
  const common = {
    targetId: armed.targetId,
    listingId: armed.listingId,
    registryAccountId: REGISTRY_ACCOUNT,
    holderClid: outcome === 'registered' ? 'droplock' : 'rival',
    code: outcome === 'registered' ? 1000 : 2302,
    decidingClTRID: attempts.at(-1)?.clTRID,
    attempts,
  }
  await recordOutcome(
    ctx,
    outcome === 'registered' ? { ...common, outcome, crDate: new Date() } : { ...common, outcome },
  )
  return armed
}

export function readTarget(ctx: Context) {
  return ctx.db.selectFrom('catch_target').selectAll().where('name', '=', NAME).executeTakeFirst()
}

export function readListing(ctx: Context) {
  return ctx.db.selectFrom('listing').selectAll().where('name', '=', NAME).executeTakeFirstOrThrow()
}
