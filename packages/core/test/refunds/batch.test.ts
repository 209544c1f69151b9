import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Context, StaffContext } from '../../src/context.ts'
import { asService } from '../../src/context.ts'
import { proveInvariants } from '../../src/invariants.ts'
import { approveRefund } from '../../src/refunds/approve.ts'
import { approveRefundBatch } from '../../src/refunds/approve-batch.ts'
import { previewRefundBatch } from '../../src/refunds/preview-batch.ts'
import { proposeRefund } from '../../src/refunds/propose.ts'
import { readRefundQueue } from '../../src/refunds/read-queue.ts'
import { rejectRefund } from '../../src/refunds/reject.ts'
import { disableStaff } from '../../src/staff/administer.ts'
import { type Clone, cloneDatabase } from '../../src/testing/clone-database.ts'
import { givenDecided } from '../support/held.ts'
import { paymentOf } from '../support/payment-of.ts'
import { contextOf, givenStaff } from '../support/world.ts'

let clone: Clone
let ctx: Context
let ann: StaffContext
let bob: StaffContext
let cat: StaffContext
let paymentId: string

beforeEach(async () => {
  clone = await cloneDatabase({ connectionsMax: 8 })
  ctx = contextOf(clone.db)
  const { backorderId } = await givenDecided(ctx, 'registered')
  paymentId = await paymentOf(ctx, backorderId)
  ann = await givenStaff(ctx, 'finance')
  bob = await givenStaff(ctx, 'finance_approver')
  cat = await givenStaff(ctx, 'finance_approver')
})

afterEach(() => clone.drop())

async function propose(who: StaffContext, amountMinor = 100n): Promise<string> {
  return proposeRefund(who, { paymentId, amountMinor, reasonCode: 'goodwill', note: 'a late answer' })
}

async function proposeSome(count: number): Promise<readonly string[]> {
  const ids: string[] = []
  for (let made = 0; made < count; made += 1) ids.push(await propose(ann, 100n + BigInt(made)))
  return ids
}

async function statesOf(ids: readonly string[]): Promise<readonly string[]> {
  const rows = await clone.db.selectFrom('refund').select(['id', 'state']).where('id', 'in', ids).execute()
  const states = new Map(rows.map(({ id, state }) => [id, state]))
  return ids.map((id) => states.get(id) ?? 'missing')
}

/** The summary as it is shown, and what is sent to approve it. */
async function look(who: StaffContext, ids: readonly string[]) {
  const shown = await previewRefundBatch(who, { ids })
  return { ...shown, sent: { refunds: shown.refunds, seenHash: shown.hash } }
}

describe('the summary', () => {
  test('has the count, the sums, the largest and the proposers, and names what this person cannot approve', async () => {
    const [first = '', second = ''] = await proposeSome(2)
    const own = await propose(bob, 700n)
    const unknown = '01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44'
    const shown = await look(bob, [first, second, own, unknown])
    expect(shown).toMatchObject({
      sums: [{ count: 2, amountMinor: 201n, currency: 'USD' }],
      reasons: [{ reasonCode: 'goodwill', count: 2, amountMinor: 201n }],
      largest: [{ id: second }],
      proposers: [{ proposer: { id: ann.actor.staffId }, count: 2 }],
      leftOut: [
        { id: own, code: 'decider_is_proposer', amountMinor: 700n },
        { id: unknown, code: 'refund_not_found' },
      ],
      hasMore: false,
    })
    expect(shown.refunds.map(({ id }) => id)).toEqual([first, second])
  })

  test('by a filter has the proposed refunds that match it, and no others', async () => {
    const [first = '', second = ''] = await proposeSome(2)
    await rejectRefund(bob, { refundId: first, note: 'no' })
    const { refunds } = await previewRefundBatch(bob, { filter: { cause: 'manual' } })
    expect(refunds.map(({ id }) => id)).toEqual([second])
    expect((await previewRefundBatch(bob, { filter: { q: 'nothing' } })).refunds).toEqual([])
  })

  test('is for those who decide refunds', async () => {
    await expect(previewRefundBatch(ann, { ids: [] })).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('approving', () => {
  test('approves each refund in a transaction of its own, and the audit names the batch, the domain and the account', async () => {
    const ids = await proposeSome(3)
    const { sent, hash } = await look(bob, ids)
    expect(await approveRefundBatch(bob, { ...sent, note: 'agreed' })).toEqual(
      ids.toSorted().map((id) => ({ id, outcome: 'approved' })),
    )
    expect(new Set(await statesOf(ids))).toEqual(new Set(['succeeded']))
    const entries = await clone.db
      .selectFrom('audit_entry')
      .selectAll()
      .where('action', '=', 'refund.approved')
      .execute()
    expect(entries).toHaveLength(3)
    expect(entries[0]).toMatchObject({
      actor_id: bob.actor.staffId,
      reason: 'agreed',
      after: { name: expect.stringContaining('.test'), account_name: expect.any(String), batch_sha256: hash },
    })
    expect(await proveInvariants(bob)).toMatchObject({ holds: true })
  })

  test('leaves out what another person rejects meanwhile, and approves the rest', async () => {
    const ids = await proposeSome(6)
    const { sent } = await look(bob, ids)
    const rejected = ids[3] ?? ''
    const [results] = await Promise.all([
      approveRefundBatch(bob, sent),
      rejectRefund(cat, { refundId: rejected, note: 'no' }).catch(() => undefined),
    ])
    const states = await statesOf(ids)
    for (const [index, id] of ids.entries()) {
      const outcome = results.find((each) => each.id === id)
      if (states[index] === 'rejected')
        expect(outcome).toMatchObject({ outcome: 'left_out', code: 'refund_already_decided' })
      else expect([outcome?.outcome, states[index]]).toEqual(['approved', 'succeeded'])
    }
    expect(await proveInvariants(bob)).toMatchObject({ holds: true })
  })

  test('names why each refund that changed since was left out', async () => {
    const [rejected = '', expired = '', kept = ''] = await proposeSome(3)
    const { sent } = await look(bob, [rejected, expired, kept])
    await rejectRefund(cat, { refundId: rejected, note: 'no' })
    await clone.db
      .updateTable('refund')
      .set({ expires_at: new Date(0) })
      .where('id', '=', expired)
      .execute()
    const results = await approveRefundBatch(bob, sent)
    expect(results.find(({ id }) => id === rejected)).toMatchObject({
      outcome: 'left_out',
      code: 'refund_already_decided',
    })
    expect(results.find(({ id }) => id === expired)).toMatchObject({
      outcome: 'left_out',
      code: 'refund_expired',
    })
    expect(results.find(({ id }) => id === kept)).toEqual({ id: kept, outcome: 'approved' })
  })
})

describe('a set', () => {
  test('sent again after it broke off, approves the rest, and nothing twice', async () => {
    const ids = await proposeSome(4)
    const { sent } = await look(bob, ids)
    const [first] = sent.refunds
    if (first === undefined) throw new Error('nothing was shown')
    await approveRefund(bob, { refundId: first.id, seenHash: first.termsHash, batchHash: sent.seenHash })
    const again = await approveRefundBatch(bob, sent)
    expect(new Set(again.map(({ outcome }) => outcome))).toEqual(new Set(['approved']))
    expect(await approveRefundBatch(bob, sent)).toEqual(again)
    expect(new Set(await statesOf(ids))).toEqual(new Set(['succeeded']))
    const posted = await clone.db
      .selectFrom('posting')
      .select('cause_id')
      .distinct()
      .where('cause', '=', 'refund')
      .execute()
    expect(posted).toHaveLength(4)
  })

  test('by two approvers at once approves each refund once', async () => {
    const ids = await proposeSome(5)
    const [ofBob, ofCat] = [await look(bob, ids), await look(cat, ids)]
    const both = await Promise.all([approveRefundBatch(bob, ofBob.sent), approveRefundBatch(cat, ofCat.sent)])
    const approved = both.flat().filter(({ outcome }) => outcome === 'approved')
    expect(approved.map(({ id }) => id).toSorted()).toEqual(ids.toSorted())
    expect(await proveInvariants(bob)).toMatchObject({ holds: true })
  })

  test('is refused for another set than was shown, a set shown to another, and a refund named twice', async () => {
    const ids = await proposeSome(2)
    const { sent } = await look(bob, ids)
    const code = 'refund_batch_changed'
    const [first] = sent.refunds
    if (first === undefined) throw new Error('nothing was shown')
    await expect(approveRefundBatch(bob, { ...sent, refunds: [first] })).rejects.toMatchObject({ code })
    await expect(approveRefundBatch(cat, sent)).rejects.toMatchObject({ code })
    await expect(
      approveRefundBatch(bob, { ...sent, refunds: [...sent.refunds, first] }),
    ).rejects.toMatchObject({ code })
    const other = { ...first, termsHash: '0'.repeat(64) }
    await expect(approveRefundBatch(bob, { ...sent, refunds: [other] })).rejects.toMatchObject({ code })
    expect(new Set(await statesOf(ids))).toEqual(new Set(['proposed']))
  })

  test('ends when the approver is disabled, with each refund approved or not', async () => {
    const ids = await proposeSome(2)
    const { sent } = await look(bob, ids)
    await disableStaff(asService(ctx), { staffId: bob.actor.staffId, reason: 'left' })
    await expect(approveRefundBatch(bob, sent)).rejects.toMatchObject({ code: 'session_required' })
    expect(new Set(await statesOf(ids))).toEqual(new Set(['proposed']))
  })
})

test('the queue has how many refunds wait, how much they are and since when, by state and currency', async () => {
  expect(await readRefundQueue(ann)).toEqual([])
  const ids = await proposeSome(3)
  const [oldest] = await clone.db
    .selectFrom('refund')
    .select('created_at')
    .where('id', 'in', ids)
    .orderBy('created_at')
    .execute()
  expect(await readRefundQueue(ann)).toEqual([
    { state: 'proposed', currency: 'USD', count: 3, amountMinor: 303n, oldestAt: oldest?.created_at },
  ])
  await rejectRefund(bob, { refundId: ids[0] ?? '', note: 'no' })
  expect(await readRefundQueue(ann)).toMatchObject([{ count: 2, amountMinor: 203n }])
})
