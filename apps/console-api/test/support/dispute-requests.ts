import type { OperationId } from '@droplock/contracts/console/operations'
import type { Ask } from './app.ts'
import type { World } from './world.ts'

/** A dispute whose payment is far from being disputed: what it did to the books is of no interest here. */
export async function disputeRequests(ctx: World['ctx'], paymentId: string) {
  const id = ctx.newId()
  const at = new Date()
  await ctx.db
    .insertInto('dispute')
    .values({
      id,
      payment_id: paymentId,
      provider_dispute_id: `du_${id}`,
      state: 'lost',
      amount_minor: 100n,
      currency: 'USD',
      opened_at: at,
      decided_at: at,
    })
    .execute()
  const path = `/api/disputes/${id}`
  return {
    listDisputes: { path: '/api/disputes' },
    getDispute: { path },
    saveDisputeEvidence: post(`${path}/evidence`, { version: 0, fields: { service_date: '2026-11-12' } }),
    submitDisputeEvidence: post(`${path}/evidence/submit`, { version: 1, reason: 'checked' }),
  } satisfies Partial<Record<OperationId, Ask>>
}

export async function payoutRequests(ctx: World['ctx']) {
  const id = ctx.newId()
  const at = new Date()
  await ctx.db
    .insertInto('payout')
    .values({
      id,
      provider: 'sandbox',
      provider_payout_id: `po_${id}`,
      state: 'paid',
      amount_minor: 100n,
      currency: 'USD',
      made_at: at,
      arrives_at: at,
      is_itemised: false,
    })
    .execute()
  const path = `/api/payouts/${id}`
  const line = { bank_reference: `PO ${id}`, bank_date: '2026-11-29', note: 'on the statement' }
  return {
    listPayouts: { path: '/api/payouts' },
    getPayout: { path },
    listPayoutMovements: { path: `${path}/movements` },
    matchPayout: post(`${path}/match`, { version: 1, ...line }),
    unmatchPayout: post(`${path}/unmatch`, { version: 1, reason: 'another line' }),
  } satisfies Partial<Record<OperationId, Ask>>
}

function post(path: string, body: unknown): Ask {
  return { method: 'POST', path, body }
}
