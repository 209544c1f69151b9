import { addYears } from '@droplock/rules/schedule/local-time'
import { expect, test } from 'vitest'
import { getForecast } from '../../src/accounts/get-forecast.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { givenDecided } from '../support/held.ts'
import { carryOut, quoteAndOrder } from '../support/renewals.ts'
import { contextOf, givenAccount, RENEWAL_MINOR } from '../support/world.ts'

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000)
const oneYear = { count: 1, amountMinor: RENEWAL_MINOR }
const nothing = { count: 0, amountMinor: 0n }

/** A caught name that expires in `days`. */
async function given(
  days: number,
  work: (world: Awaited<ReturnType<typeof expiring>>) => Promise<void>,
): Promise<void> {
  await rolledBack(async (tx) => work(await expiring(contextOf(tx), days)))
}

async function expiring(ctx: ReturnType<typeof contextOf>, days: number) {
  const { buyer, backorderId } = await givenDecided(ctx, 'registered')
  const expiresAt = inDays(days)
  await ctx.db
    .updateTable('registration')
    .set({ cr_date: addYears(expiresAt, -1), expires_at: expiresAt })
    .execute()
  const renewals = async (until = inDays(1)) => (await getForecast(buyer, until)).renewals
  return { ctx, buyer, backorderId, renewals }
}

test('a renewal is due thirty days before its name expires, for the holder alone', () =>
  given(40, async ({ ctx, renewals }) => {
    expect(await renewals(inDays(9.9))).toEqual(nothing)
    expect(await renewals(inDays(10.1))).toEqual(oneYear)
    expect((await getForecast(await givenAccount(ctx), inDays(11))).renewals).toEqual(nothing)
  }))

test('a due renewal is part of the shortfall', () =>
  given(20, async ({ ctx, buyer }) => {
    const { availableMinor } = await getForecast(buyer)
    expect(await getForecast(buyer, inDays(1))).toMatchObject({ renewals: oneYear, shortfallMinor: 0n })
    await ctx.db
      .updateTable('renewal_price')
      .set({ per_year_minor: availableMinor + 100n })
      .execute()
    expect(await getForecast(buyer, inDays(1))).toMatchObject({ shortfallMinor: 100n })
  }))

test('an unpaid renewal is due, and one that is paid or done is not', () =>
  given(20, async ({ ctx, buyer, backorderId, renewals }) => {
    await quoteAndOrder(buyer, backorderId, 'card')
    expect(await renewals()).toEqual(oneYear)
    await ctx.db.updateTable('renewal').set({ state: 'expired', decided_at: new Date() }).execute()
    await quoteAndOrder(buyer, backorderId)
    expect(await renewals()).toEqual(nothing)
    expect(await renewals(inDays(400))).toEqual(oneYear)
    await carryOut(ctx, 'renewed')
    expect(await renewals()).toEqual(nothing)
    expect(await renewals(inDays(400))).toEqual(oneYear)
  }))

test('a name without a renewal price is counted and not summed', () =>
  given(20, async ({ ctx, renewals }) => {
    await ctx.db.deleteFrom('renewal_price').execute()
    expect(await renewals()).toEqual({ count: 1, amountMinor: 0n })
  }))

test('a name that has expired is not renewed any more', () =>
  given(-1, async ({ renewals }) => {
    expect(await renewals()).toEqual(nothing)
  }))
