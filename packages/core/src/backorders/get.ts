import type { Outcome } from '@droplock/rules/machines/catch-target'
import type { RefundState } from '@droplock/rules/machines/refund'
import { Refusal } from '@droplock/rules/refusals'
import { type AccountContext, requireScope } from '../context.ts'
import { type BackorderView, selectBackorders, toBackorderView } from './view.ts'

/** Attempts shown with a backorder; a long fight has more, and its first ones tell when it began. */
const ATTEMPTS_SHOWN_MAX = 1_000

/** The proof of what was tried: every EPP command with its times, code and transaction ids. */
export type Evidence = {
  readonly outcome: Outcome | null
  readonly decidedCode: number | null
  readonly holderClid: string | null
  readonly attempts: readonly AttemptView[]
}

export type AttemptView = {
  readonly clTRID: string
  readonly svTRID: string | null
  readonly command: string
  readonly sentAt: Date
  readonly roundTripUs: number | null
  readonly outcome: string
  readonly code: number | null
  readonly message: string | null
}

export type RefundView = {
  readonly id: string
  readonly state: RefundState
  readonly amountMinor: bigint
  readonly currency: string
  readonly createdAt: Date
}

export type BackorderCase = BackorderView & {
  readonly evidence: Evidence | null
  readonly refunds: readonly RefundView[]
}

/** One of the caller's backorders with its evidence. Throws Refusal: insufficient_scope, backorder_not_found. */
export async function getBackorder(ctx: AccountContext, id: string): Promise<BackorderCase> {
  requireScope(ctx, 'backorders:read')
  const row = await selectBackorders(ctx).where('backorder.id', '=', id).executeTakeFirst()
  if (row === undefined) throw new Refusal('backorder_not_found', 'No such backorder.', { id })
  const [evidence, refunds] = await Promise.all([readEvidence(ctx, id), readRefunds(ctx, id)])
  return { ...toBackorderView(row), evidence, refunds }
}

async function readEvidence(ctx: AccountContext, backorderId: string): Promise<Evidence | null> {
  const target = await ctx.db
    .selectFrom('catch_target')
    .selectAll()
    .where('backorder_id', '=', backorderId)
    .executeTakeFirst()
  if (target === undefined) return null
  const attempts = await ctx.db
    .selectFrom('catch_attempt')
    .selectAll()
    .where('target_id', '=', target.id)
    .orderBy('sent_at')
    .orderBy('cltrid')
    .limit(ATTEMPTS_SHOWN_MAX)
    .execute()
  return {
    outcome: target.decided_at === null ? null : (target.state as Outcome),
    decidedCode: target.decided_code,
    holderClid: target.holder_clid,
    attempts: attempts.map((attempt) => ({
      clTRID: attempt.cltrid,
      svTRID: attempt.svtrid,
      command: attempt.command,
      sentAt: attempt.sent_at,
      roundTripUs: attempt.round_trip_us,
      outcome: attempt.outcome,
      code: attempt.code,
      message: attempt.message,
    })),
  }
}

async function readRefunds(ctx: AccountContext, backorderId: string): Promise<readonly RefundView[]> {
  const rows = await ctx.db
    .selectFrom('refund')
    .innerJoin('payment', 'payment.id', 'refund.payment_id')
    .select(['refund.id', 'refund.state', 'refund.amount_minor', 'refund.currency', 'refund.created_at'])
    .where('payment.backorder_id', '=', backorderId)
    // What people still talk about, or decided against, is no refund to a customer.
    .where('refund.state', 'not in', ['proposed', 'rejected', 'expired'])
    .orderBy('refund.id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    state: row.state,
    amountMinor: row.amount_minor,
    currency: row.currency,
    createdAt: row.created_at,
  }))
}
