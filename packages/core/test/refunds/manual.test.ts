import { expect, test } from 'vitest'
import { getBalance } from '../../src/accounts/read.ts'
import { listTransactions } from '../../src/accounts/statement.ts'
import { getBackorder } from '../../src/backorders/read.ts'
import { getCase } from '../../src/cases/read.ts'
import { asService, type Context, type StaffContext } from '../../src/context.ts'
import { proveInvariants } from '../../src/invariants.ts'
import { approveRefund } from '../../src/refunds/approve.ts'
import { proposeRefund } from '../../src/refunds/propose.ts'
import { getRefund, listRefunds } from '../../src/refunds/read.ts'
import { rejectRefund } from '../../src/refunds/reject.ts'
import { disableStaff } from '../../src/staff/administer.ts'
import { cloneDatabase } from '../../src/testing/clone-database.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { lookAndApprove } from '../support/approve.ts'
import { BALANCE, givenArmed, givenDecided, NAME } from '../support/held.ts'
import { paymentOf } from '../support/payment-of.ts'
import { contextOf, givenStaff, PRICE_MINOR } from '../support/world.ts'

async function givenFinance(ctx: Context) {
  return { ann: await givenStaff(ctx, 'finance'), bob: await givenStaff(ctx, 'finance_approver') }
}

const manual = { reasonCode: 'goodwill', note: 'a late answer' } as const

async function propose(who: StaffContext, backorderId: string, amountMinor = 500n) {
  return proposeRefund(who, { ...manual, paymentId: await paymentOf(who, backorderId), amountMinor })
}

test('a refund that one proposed and another approved moves from revenue to the balance, once', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer, backorderId } = await givenDecided(ctx, 'registered')
    const { ann, bob } = await givenFinance(ctx)
    const refundId = await propose(ann, backorderId)
    expect(await getBalance(buyer)).toMatchObject({ balanceMinor: BALANCE - PRICE_MINOR })

    await lookAndApprove(bob, refundId, 'agreed')

    expect(await getBalance(buyer)).toMatchObject({
      balanceMinor: BALANCE - PRICE_MINOR + 500n,
      escrowMinor: 0n,
    })
    expect(await getRefund(ann, refundId)).toMatchObject({
      state: 'succeeded',
      name: NAME,
      proposedBy: { id: ann.actor.staffId, name: 'finance' },
      decidedBy: { id: bob.actor.staffId, name: 'finance_approver' },
      decisionNote: 'agreed',
    })
    const revenue = await tx
      .selectFrom('posting')
      .select('amount_minor')
      .where('ledger_account', '=', 'revenue')
      .execute()
    expect(revenue.reduce((sum, row) => sum + row.amount_minor, 0n)).toBe(PRICE_MINOR - 500n)
    expect((await listTransactions(buyer, { limit: 1 })).items).toMatchObject([
      { cause: 'refund', amountMinor: 500n },
    ])
    await expect(lookAndApprove(bob, refundId)).rejects.toMatchObject({ code: 'refund_already_decided' })
    expect(await proveInvariants(bob)).toMatchObject({ holds: true })
  }))

test('a refund without notification moves the money without an event; any other has one', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { backorderId } = await givenDecided(ctx, 'registered')
    const { ann, bob } = await givenFinance(ctx)
    const refund = { ...manual, paymentId: await paymentOf(ctx, backorderId), amountMinor: 5n }
    const silent = await proposeRefund(ann, { ...refund, notify: false })
    const notified = await proposeRefund(ann, refund)
    await lookAndApprove(bob, silent)
    await lookAndApprove(bob, notified)

    const events = await tx
      .selectFrom('event')
      .select('subject_id')
      .where('topic', '=', 'refund.succeeded')
      .execute()
    expect(events).toEqual([{ subject_id: notified }])
    expect(await getRefund(ann, silent)).toMatchObject({ state: 'succeeded', notify: false })
  }))

test('the proposer cannot approve or reject, whatever their roles', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { backorderId } = await givenDecided(ctx, 'registered')
    const { ann, bob } = await givenFinance(ctx)
    const refundId = await propose(bob, backorderId)
    await expect(lookAndApprove(bob, refundId)).rejects.toMatchObject({ code: 'decider_is_proposer' })
    await expect(rejectRefund(bob, { refundId, note: 'no' })).rejects.toMatchObject({
      code: 'decider_is_proposer',
    })
    await expect(lookAndApprove(ann, refundId)).rejects.toMatchObject({ code: 'forbidden' })
    expect(await getRefund(ann, refundId)).toMatchObject({ state: 'proposed' })
  }))

test('the proposal of a disabled person is not approved, and can be rejected', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { backorderId } = await givenDecided(ctx, 'registered')
    const { ann, bob } = await givenFinance(ctx)
    const refundId = await propose(ann, backorderId)
    await disableStaff(asService(ctx), { staffId: ann.actor.staffId, reason: 'left' })
    await expect(lookAndApprove(bob, refundId)).rejects.toMatchObject({ code: 'proposer_disabled' })
    await rejectRefund(bob, { refundId, note: 'no' })
  }))

test('a rejected refund moves no money, and its amount can be proposed again', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer, backorderId } = await givenDecided(ctx, 'registered')
    const { ann, bob } = await givenFinance(ctx)
    const refundId = await propose(ann, backorderId, PRICE_MINOR)
    await expect(propose(ann, backorderId, 1n)).rejects.toMatchObject({
      code: 'refund_exceeds_remaining',
      facts: { remaining_minor: 0 },
    })
    await expect(rejectRefund(bob, { refundId, note: ' ' })).rejects.toMatchObject({
      code: 'reason_required',
    })
    await rejectRefund(bob, { refundId, note: 'not our fault' })
    expect(await getBalance(buyer)).toMatchObject({ balanceMinor: BALANCE - PRICE_MINOR })
    await propose(ann, backorderId, PRICE_MINOR)
  }))

test('a refund of an undecided backorder cannot be proposed', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { backorderId } = await givenArmed(ctx)
    const { ann } = await givenFinance(ctx)
    await expect(propose(ann, backorderId, 1n)).rejects.toMatchObject({ code: 'backorder_undecided' })
    expect(await getCase(ann, backorderId)).toMatchObject({ refundableMinor: 0n, capturedMinor: PRICE_MINOR })
  }))

test('a failed order was refunded in full automatically: nothing remains', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { backorderId } = await givenDecided(ctx, 'lost')
    const { ann } = await givenFinance(ctx)
    await expect(propose(ann, backorderId, 1n)).rejects.toMatchObject({
      code: 'refund_exceeds_remaining',
      facts: { remaining_minor: 0 },
    })
  }))

test('a customer sees approved refunds, never proposed or rejected ones', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer, backorderId } = await givenDecided(ctx, 'registered')
    const { ann, bob } = await givenFinance(ctx)
    const rejected = await propose(ann, backorderId)
    await rejectRefund(bob, { refundId: rejected, note: 'no' })
    const refundId = await propose(ann, backorderId)
    expect((await getBackorder(buyer, backorderId)).refunds).toEqual([])
    await lookAndApprove(bob, refundId)
    expect((await getBackorder(buyer, backorderId)).refunds).toMatchObject([
      { id: refundId, state: 'succeeded' },
    ])
  }))

test('every step is in the audit, with before and after', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { backorderId } = await givenDecided(ctx, 'registered')
    const { ann, bob } = await givenFinance(ctx)
    const refundId = await propose(ann, backorderId)
    await lookAndApprove(bob, refundId, 'agreed')
    const entries = await tx
      .selectFrom('audit_entry')
      .selectAll()
      .where('subject_id', '=', refundId)
      .orderBy('seq')
      .execute()
    expect(entries).toMatchObject([
      {
        action: 'refund.proposed',
        actor_id: ann.actor.staffId,
        after: { amount_minor: '500', reason_code: 'goodwill' },
      },
      {
        action: 'refund.approved',
        actor_id: bob.actor.staffId,
        before: { state: 'proposed' },
        after: { state: 'succeeded' },
      },
    ])
  }))

test('an operator proposes and does not decide, and an unknown refund is not found', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { backorderId } = await givenDecided(ctx, 'registered')
    const { ann, bob } = await givenFinance(ctx)
    const operator = await givenStaff(ctx, 'operator', 'admin')
    const refundId = await propose(operator, backorderId, 1n)
    const viewer = await givenStaff(ctx, 'viewer', 'admin')
    await expect(propose(viewer, backorderId)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(lookAndApprove(operator, refundId)).rejects.toMatchObject({ code: 'forbidden' })
    const nothing = proposeRefund(ann, { ...manual, paymentId: ctx.newId(), amountMinor: 1n })
    await expect(nothing).rejects.toMatchObject({ code: 'payment_not_found' })
    await expect(approveRefund(bob, { refundId: ctx.newId(), seenHash: '' })).rejects.toMatchObject({
      code: 'refund_not_found',
    })
  }))

test('the queue shows proposals, and automatic refunds too', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { backorderId } = await givenDecided(ctx, 'lost')
    const { ann } = await givenFinance(ctx)
    expect(await listRefunds(ann, { state: 'proposed', offset: 0, limit: 10 })).toEqual({
      items: [],
      total: 0,
      totalIsExact: true,
    })
    expect(await listRefunds(ann, { q: 'wanted', backorderId, offset: 0, limit: 10 })).toMatchObject({
      total: 1,
      items: [{ cause: 'backorder_failed', state: 'succeeded', amountMinor: PRICE_MINOR, proposedBy: null }],
    })
  }))

test('of 8 proposals of the whole price at once, one is taken', async () => {
  const clone = await cloneDatabase({ connectionsMax: 10 })
  try {
    const ctx = contextOf(clone.db)
    const { backorderId } = await givenDecided(ctx, 'registered')
    const { ann } = await givenFinance(ctx)
    const results = await Promise.allSettled(
      Array.from({ length: 8 }, () => propose(ann, backorderId, PRICE_MINOR)),
    )
    const refusals = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))
    expect(refusals).toHaveLength(7)
    for (const refusal of refusals) expect(refusal).toMatchObject({ code: 'refund_exceeds_remaining' })
  } finally {
    await clone.drop()
  }
})

test('of 8 who approve and reject one refund at once, one decides it, and money moves at most once', async () => {
  const clone = await cloneDatabase({ connectionsMax: 10 })
  try {
    const ctx = contextOf(clone.db)
    const { buyer, backorderId } = await givenDecided(ctx, 'registered')
    const { ann } = await givenFinance(ctx)
    const deciders = await Promise.all(Array.from({ length: 8 }, () => givenStaff(ctx, 'finance_approver')))
    const refundId = await propose(ann, backorderId)
    const results = await Promise.allSettled(
      deciders.map((who, index) =>
        index % 2 === 0 ? lookAndApprove(who, refundId) : rejectRefund(who, { refundId, note: 'no' }),
      ),
    )
    const refusals = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))
    expect(refusals).toHaveLength(7)
    for (const refusal of refusals) expect(refusal).toMatchObject({ code: 'refund_already_decided' })
    const approved = (await getRefund(ann, refundId)).state === 'succeeded'
    const { balanceMinor } = await getBalance(buyer)
    expect(balanceMinor).toBe(BALANCE - PRICE_MINOR + (approved ? 500n : 0n))
  } finally {
    await clone.drop()
  }
})
