import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { getBalance } from '../../src/accounts/read.ts'
import { getPaymentCase } from '../../src/cases/payments.ts'
import type { Context } from '../../src/context.ts'
import { proveInvariants } from '../../src/invariants.ts'
import { requestInvoice } from '../../src/invoices/issue.ts'
import { listInvoices } from '../../src/invoices/read.ts'
import { completeRefund } from '../../src/refunds/complete.ts'
import { proposeRefund } from '../../src/refunds/propose.ts'
import { getRefund, listRefunds } from '../../src/refunds/read.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { lookAndApprove } from '../support/approve.ts'
import { ask, pay, sendRefunds } from '../support/cards.ts'
import { FakeProvider } from '../support/fake-provider.ts'
import { NAME } from '../support/held.ts'
import { givenInvoiceable } from '../support/invoices.ts'
import { paymentOf } from '../support/payment-of.ts'
import { carryOut, quoteAndOrder, type Result } from '../support/renewals.ts'
import { contextOf, givenStaff, RENEWAL_MINOR } from '../support/world.ts'

const manual = { amountMinor: 500n, reasonCode: 'goodwill', note: 'a late answer' } as const

/** A renewal that is paid and, unless it is to wait, has its result. */
async function given(ctx: Context, by: 'balance' | 'card', result?: Result) {
  const { buyer, backorderId } = await givenInvoiceable(ctx)
  const provider = new FakeProvider()
  const { id: renewalId, paymentId: cardId } = await quoteAndOrder(buyer, backorderId, by)
  if (cardId !== undefined) await pay(ctx, provider, await ask(ctx, provider, cardId))
  if (result !== undefined) await carryOut(ctx, result)
  return {
    buyer,
    provider,
    renewalId,
    paymentId: await paymentOf(ctx, renewalId),
    ann: await givenStaff(ctx, 'finance'),
    bob: await givenStaff(ctx, 'finance_approver'),
  }
}

test('a manual refund of a renewal goes to the balance that paid it, and its invoice gets a credit note', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer, renewalId, paymentId, ann, bob } = await given(ctx, 'balance', 'renewed')
    const { invoice } = await requestInvoice(buyer, { renewalId })
    const { balanceMinor } = await getBalance(buyer)
    expect(await getPaymentCase(ann, paymentId)).toMatchObject({ refundableMinor: RENEWAL_MINOR, renewalId })

    const id = await proposeRefund(ann, { ...manual, paymentId })
    expect(await getRefund(ann, id)).toMatchObject({ purpose: 'renewal', renewalId, name: NAME })
    await lookAndApprove(bob, id)

    expect(await getBalance(buyer)).toMatchObject({ balanceMinor: balanceMinor + 500n })
    const { items } = await listInvoices(buyer, { limit: 20 })
    expect(items).toContainEqual(
      expect.objectContaining({ kind: 'credit_note', refundId: id, grossMinor: 500n }),
    )
    expect(items).toContainEqual(expect.objectContaining({ id: invoice.id, kind: 'invoice' }))
    expect((await listRefunds(ann, { q: 'wanted', offset: 0, limit: 10 })).total).toBe(1)
    const after = await getPaymentCase(ann, paymentId)
    expect(after).toMatchObject({ refundableMinor: RENEWAL_MINOR - 500n })
    expect([...new Set(after.postings.map(({ cause }) => cause))]).toEqual(['secure', 'settle', 'refund'])
    expect(await proveInvariants(bob)).toMatchObject({ holds: true })
  }))

test('a manual refund of a renewal paid by card goes to the card, by one person within the limit too', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { provider, paymentId, ann, bob } = await given(ctx, 'card', 'renewed')
    const agreed = await proposeRefund(ann, { ...manual, paymentId })
    await lookAndApprove(bob, agreed)
    const alone = await completeRefund(ann, { ...manual, paymentId, amountMinor: 1n })
    await sendRefunds(ctx, provider)
    for (const id of [agreed, alone]) {
      expect(await getRefund(ann, id)).toMatchObject({ state: 'succeeded', destination: 'original_payment' })
    }
    const sent = [...provider.refunds.values()].map(({ amount }) => amount.amountMinor)
    expect(sent).toEqual([500n, 1n])
    const more = proposeRefund(ann, { ...manual, paymentId, amountMinor: RENEWAL_MINOR - 500n })
    await expect(more).rejects.toMatchObject({
      code: 'refund_exceeds_remaining',
      facts: { remaining_minor: Number(RENEWAL_MINOR) - 501 },
    })
    expect(await proveInvariants(bob)).toMatchObject({ holds: true })
  }))

test('an undecided renewal cannot be refunded manually', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { paymentId, ann } = await given(ctx, 'card')
    const undecided = { code: 'renewal_undecided', facts: { renewal_state: 'paid' } }
    await expect(proposeRefund(ann, { ...manual, paymentId })).rejects.toMatchObject(undecided)
    await expect(completeRefund(ann, { ...manual, paymentId })).rejects.toMatchObject(undecided)
    expect(await getPaymentCase(ann, paymentId)).toMatchObject({ refundableMinor: 0n })
  }))

test('a failed renewal was refunded in full automatically: nothing remains', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { paymentId, ann } = await given(ctx, 'card', 'refused')
    await expect(proposeRefund(ann, { ...manual, paymentId })).rejects.toMatchObject({
      code: 'refund_exceeds_remaining',
      facts: { remaining_minor: 0 },
    })
  }))

test('a refund has the name that its payment was for, whatever is written to it', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { paymentId, ann } = await given(ctx, 'balance', 'renewed')
    const id = await proposeRefund(ann, { ...manual, paymentId })
    await sql`update refund set name = 'other.com' where id = ${id}`.execute(tx)
    expect(await getRefund(ann, id)).toMatchObject({ name: NAME })
  }))
