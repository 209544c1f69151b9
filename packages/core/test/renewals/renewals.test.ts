import { addYears } from '@droplock/rules/schedule/local-time'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { getForecast } from '../../src/accounts/get-forecast.ts'
import { getBalance } from '../../src/accounts/read.ts'
import { listTransactions } from '../../src/accounts/statement.ts'
import type { Context } from '../../src/context.ts'
import { proveLedger } from '../../src/ledger/prove.ts'
import { claimDueRequest } from '../../src/registry-requests/claim-due.ts'
import { recordSending, recordUnfinished } from '../../src/registry-requests/record.ts'
import { lapseRenewals } from '../../src/renewals/lapse.ts'
import { orderRenewal } from '../../src/renewals/order.ts'
import { getRenewal, listRenewals, quoteRenewal } from '../../src/renewals/read.ts'
import { settleRenewal } from '../../src/renewals/settle.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { ask, pay, sendRefunds } from '../support/cards.ts'
import { FakeProvider } from '../support/fake-provider.ts'
import { BALANCE, givenDecided, NAME } from '../support/held.ts'
import { registrationOf } from '../support/registration-of.ts'
import { carryOut, quoteAndOrder } from '../support/renewals.ts'
import {
  contextOf,
  givenAccount,
  givenRegistry,
  PRICE_MINOR,
  REGISTRY_ACCOUNT,
  RENEWAL_MINOR,
  zone,
} from '../support/world.ts'

/** A caught name and its holder. */
async function given(work: (world: Awaited<ReturnType<typeof caught>>) => Promise<void>): Promise<void> {
  await rolledBack(async (tx) => work(await caught(contextOf(tx))))
}

async function caught(ctx: Context) {
  const { buyer, backorderId, targetId } = await givenDecided(ctx, 'registered')
  const registration = () => ctx.db.selectFrom('registration').selectAll().executeTakeFirstOrThrow()
  return { ctx, buyer, backorderId, targetId, registration }
}

const after = BALANCE - PRICE_MINOR

test('a caught name is recorded with its expiry and what the registry charged', () =>
  given(async ({ ctx, backorderId, registration }) => {
    const kept = await registration()
    expect(kept).toMatchObject({
      backorder_id: backorderId,
      name: NAME,
      registry_account_id: REGISTRY_ACCOUNT,
    })
    expect(kept.expires_at).toEqual(addYears(kept.cr_date, 1))
    const charges = await ctx.db.selectFrom('registry_charge').selectAll().execute()
    expect(charges).toMatchObject([
      {
        kind: 'registration',
        name: NAME,
        years: 1,
        amount_minor: 800n,
        currency: 'USD',
        backorder_id: backorderId,
      },
    ])
  }))

test('a quote has the price, the expiry and the new expiry', () =>
  given(async ({ buyer, backorderId, registration }) => {
    const { id: registrationId, expires_at: expiresAt } = await registration()
    expect(await quoteRenewal(buyer, { registrationId, years: 2 })).toEqual({
      registrationId,
      backorderId,
      name: NAME,
      years: 2,
      priceMinor: 2n * RENEWAL_MINOR,
      currency: 'USD',
      expiresAt,
      newExpiresAt: addYears(expiresAt, 2),
      validUntil: expiresAt,
    })
  }))

test('a renewal from the balance is paid at once; when it is done the expiry moves and the money is revenue', () =>
  given(async ({ ctx, buyer, backorderId, registration }) => {
    const { expires_at: before } = await registration()
    const { id } = await quoteAndOrder(buyer, backorderId, 'balance', 2)
    expect((await getBalance(buyer)).balanceMinor).toBe(after - 2n * RENEWAL_MINOR)
    expect((await getRenewal(buyer, id)).state).toBe('paid')
    await carryOut(ctx, 'renewed')
    expect(await getRenewal(buyer, id)).toMatchObject({
      state: 'successful',
      newExpiresAt: addYears(before, 2),
    })
    expect((await registration()).expires_at).toEqual(addYears(before, 2))
    expect(await proveLedger(ctx.db)).toMatchObject({
      escrowMinor: { USD: 0n },
      escrowDifferenceMinor: { USD: 0n },
    })
    const charge = await ctx.db
      .selectFrom('registry_charge')
      .selectAll()
      .where('kind', '=', 'renewal')
      .executeTakeFirst()
    expect(charge).toMatchObject({ years: 2, amount_minor: 1_600n, renewal_id: id })
    expect((await listRenewals(buyer, { limit: 5 })).items.map((each) => each.id)).toEqual([id])
    expect((await listTransactions(buyer, { limit: 1 })).items).toMatchObject([{ renewalId: id, name: NAME }])
  }))

test('the money of a renewal is in escrow until the registry has decided, and the books agree', () =>
  given(async ({ ctx, buyer, backorderId }) => {
    const escrowMinor = async () => (await getBalance(buyer)).escrowMinor
    expect(await escrowMinor()).toBe(0n)
    await quoteAndOrder(buyer, backorderId, 'balance', 2)
    expect(await escrowMinor()).toBe(2n * RENEWAL_MINOR)
    expect((await getForecast(buyer)).undecidedMinor).toBe(2n * RENEWAL_MINOR)
    expect((await proveLedger(ctx.db)).escrowMinor).toEqual({ USD: 2n * RENEWAL_MINOR })
    await sql`update registry_request set try_after = clock_timestamp()`.execute(ctx.db)
    await claimDueRequest(ctx, REGISTRY_ACCOUNT)
    expect(await escrowMinor()).toBe(2n * RENEWAL_MINOR)
    await carryOut(ctx, 'renewed')
    expect(await escrowMinor()).toBe(0n)
  }))

test('a renewal that the registry refuses is refunded once, however often that is reported', () =>
  given(async ({ ctx, buyer, backorderId, registration }) => {
    const { id } = await quoteAndOrder(buyer, backorderId)
    const { id: requestId } = await ctx.db
      .selectFrom('registry_request')
      .selectAll()
      .executeTakeFirstOrThrow()
    await carryOut(ctx, 'refused')
    const again = {
      requestId,
      renewalId: id,
      registrationId: (await registration()).id,
      code: 2105,
      svTRID: null,
      outcome: 'failed',
      reason: 'refused',
    } as const
    expect(await settleRenewal(ctx, again)).toBe(false)
    expect(await getRenewal(buyer, id)).toMatchObject({ state: 'failed', failureReason: 'refused' })
    expect((await getBalance(buyer)).balanceMinor).toBe(after)
    const refunds = await ctx.db.selectFrom('refund').select(['cause', 'state']).execute()
    expect(refunds).toEqual([{ cause: 'renewal_failed', state: 'succeeded' }])
  }))

test('a card pays a renewal, and is refunded when the registry refuses', () =>
  given(async ({ ctx, buyer, backorderId }) => {
    const provider = new FakeProvider()
    const { id, paymentId = '' } = await quoteAndOrder(buyer, backorderId, 'card')
    await pay(ctx, provider, await ask(ctx, provider, paymentId))
    expect((await getRenewal(buyer, id)).state).toBe('paid')
    await carryOut(ctx, 'refused')
    await sendRefunds(ctx, provider)
    expect([...provider.refunds.values()]).toMatchObject([
      { state: 'succeeded', amount: { amountMinor: RENEWAL_MINOR } },
    ])
    expect((await proveLedger(ctx.db)).misplacedPayments).toBe(0)
    expect((await getBalance(buyer)).balanceMinor).toBe(after)
  }))

test('a card payment after the renewal lapsed is refunded', () =>
  given(async ({ ctx, buyer, backorderId }) => {
    const provider = new FakeProvider()
    const { id, paymentId = '' } = await quoteAndOrder(buyer, backorderId, 'card')
    const providerId = await ask(ctx, provider, paymentId)
    await sql`update renewal set pay_by = clock_timestamp()`.execute(ctx.db)
    expect(await lapseRenewals(ctx)).toBe(1)
    await pay(ctx, provider, providerId)
    await sendRefunds(ctx, provider)
    expect((await getRenewal(buyer, id)).state).toBe('expired')
    const refunds = await ctx.db.selectFrom('refund').select(['cause', 'state']).execute()
    expect(refunds).toEqual([{ cause: 'late_payment', state: 'succeeded' }])
    expect(await carryOut(ctx, 'renewed')).toBe(false)
  }))

test('an order with another price or expiry than quoted is refused', () =>
  given(async ({ ctx, buyer, backorderId }) => {
    const registrationId = await registrationOf(ctx, backorderId)
    const { priceMinor, currency, expiresAt } = await quoteRenewal(buyer, { registrationId, years: 1 })
    const order = {
      registrationId,
      years: 1,
      payment: 'balance',
      quoted: { priceMinor, currency, expiresAt },
    } as const
    await givenRegistry(ctx, [
      zone({ renewalPrices: [{ currency: 'USD', perYearMinor: RENEWAL_MINOR + 1n }] }),
    ])
    await expect(orderRenewal(buyer, order)).rejects.toMatchObject({ code: 'renewal_quote_stale' })
    await givenRegistry(ctx)
    await sql`update registration set expires_at = expires_at + interval '1 day'`.execute(ctx.db)
    await expect(orderRenewal(buyer, order)).rejects.toMatchObject({ code: 'renewal_quote_stale' })
  }))

test('a repeated order pays nothing twice: not while the first is undecided, nor after', () =>
  given(async ({ ctx, buyer, backorderId }) => {
    const registrationId = await registrationOf(ctx, backorderId)
    const { priceMinor, currency, expiresAt } = await quoteRenewal(buyer, { registrationId, years: 1 })
    const order = {
      registrationId,
      years: 1,
      payment: 'balance',
      quoted: { priceMinor, currency, expiresAt },
    } as const
    await orderRenewal(buyer, order)
    await expect(orderRenewal(buyer, order)).rejects.toMatchObject({ code: 'renewal_pending' })
    await carryOut(ctx, 'renewed')
    await expect(orderRenewal(buyer, order)).rejects.toMatchObject({ code: 'renewal_quote_stale' })
    expect((await getBalance(buyer)).balanceMinor).toBe(after - RENEWAL_MINOR)
  }))

test('only a caught, current and priced name is renewed, and not too far ahead', () =>
  given(async ({ ctx, buyer, backorderId }) => {
    const registrationId = await registrationOf(ctx, backorderId)
    const quote = (years: number) => quoteRenewal(buyer, { registrationId, years })
    await expect(quote(10)).rejects.toMatchObject({ code: 'renewal_too_long' })
    const other = await givenAccount(ctx)
    await expect(quoteRenewal(other, { registrationId, years: 1 })).rejects.toMatchObject({
      code: 'registration_not_found',
    })
    await sql`delete from renewal_price`.execute(ctx.db)
    await expect(quote(1)).rejects.toMatchObject({ code: 'price_unavailable' })
    await sql`update registration set cr_date = cr_date - interval '2 years', expires_at = clock_timestamp(),
      renewable_until = clock_timestamp()`.execute(ctx.db)
    await expect(quote(1)).rejects.toMatchObject({ code: 'registration_expired' })
  }))

test('a name that is no longer registered here is not renewed', () =>
  given(async ({ ctx, buyer, backorderId }) => {
    const registrationId = await registrationOf(ctx, backorderId)
    await sql`update registration set ended_at = clock_timestamp(), end_reason = 'not_held', confirm_after = null`.execute(
      ctx.db,
    )
    await expect(quoteRenewal(buyer, { registrationId, years: 1 })).rejects.toMatchObject({
      code: 'registration_ended',
    })
  }))

test('a balance that does not cover a renewal refuses the order', () =>
  given(async ({ ctx, buyer, backorderId }) => {
    await expect(quoteAndOrder(buyer, backorderId, 'balance', 9)).rejects.toMatchObject({
      code: 'insufficient_balance',
    })
    expect(await ctx.db.selectFrom('registry_request').select('id').execute()).toEqual([])
  }))

test("somebody else's renewal is not found", () =>
  given(async ({ ctx, buyer, backorderId }) => {
    const { id } = await quoteAndOrder(buyer, backorderId)
    const other = await givenAccount(ctx)
    await expect(getRenewal(other, id)).rejects.toMatchObject({ code: 'renewal_not_found' })
    expect((await listRenewals(other, { limit: 5 })).items).toEqual([])
  }))

test('a request whose command may have been sent is ambiguous until it is certain that nothing happened', () =>
  given(async ({ ctx, buyer, backorderId }) => {
    await quoteAndOrder(buyer, backorderId)
    const take = async () => {
      await sql`update registry_request set try_after = clock_timestamp()`.execute(ctx.db)
      return claimDueRequest(ctx, REGISTRY_ACCOUNT)
    }
    const first = await take()
    expect(first).toMatchObject({ inDoubt: false, isOverdue: false, attempts: 0, name: NAME })
    const id = first?.id ?? ''
    expect(await recordSending(ctx, id, 'DL-1')).toBe(true)
    await recordUnfinished(ctx, id, {})
    expect(await claimDueRequest(ctx, REGISTRY_ACCOUNT)).toBeUndefined()
    expect(await take()).toMatchObject({ inDoubt: true, attempts: 1 })
    await recordUnfinished(ctx, id, { event: 'clear', code: 2104 })
    expect(await take()).toMatchObject({ inDoubt: false, attempts: 2 })
    await sql`update renewal set paid_at = paid_at - interval '4 days'`.execute(ctx.db)
    expect(await take()).toMatchObject({ isOverdue: true })
    await carryOut(ctx, 'unavailable')
    expect(await recordSending(ctx, id, 'DL-2')).toBe(false)
  }))
