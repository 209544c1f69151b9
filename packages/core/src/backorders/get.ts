import type { OutcomeBasis } from '@droplock/rules/drop/outcome-basis'
import type { Outcome } from '@droplock/rules/machines/catch-target'
import { Refusal } from '@droplock/rules/refusals'
import { type AccountContext, requireScope } from '../context.ts'
import type { Page } from '../database/page.ts'
import { type PaymentView, selectPayments, toPaymentView } from '../payments/view.ts'
import { type RefundOfPayment, readRefunds } from '../refunds/read-of-payments.ts'
import {
  ATTEMPTS_WITH_BACKORDER_MAX,
  type AttemptView,
  type RemovedAttempts,
  readAttempts,
  readDecidingAttempt,
  readRemoved,
} from './attempts.ts'
import { type BackorderView, selectBackorders, toBackorderView } from './view.ts'

/** The proof of what was tried: the EPP command that decided it, and the newest ones; the others by `listAttempts`. */
export type Evidence = {
  readonly outcome: Outcome | null
  readonly decidedCode: number | null
  readonly basis: OutcomeBasis | null
  readonly holderClid: string | null
  readonly deciding: AttemptView | null
  /** Newest first. */
  readonly attempts: Page<AttemptView>
  readonly removed: RemovedAttempts | null
}

export type BackorderCase = BackorderView & {
  readonly evidence: Evidence | null
  /** The end of the registration it became. */
  readonly expiresAt: Date | null
  /** Every payment for it, whether it came to anything or not, oldest first. */
  readonly payments: readonly PaymentView[]
  readonly refunds: readonly RefundOfPayment[]
}

/** One of the caller's backorders with its evidence. Throws Refusal: insufficient_scope, backorder_not_found. */
export async function getBackorder(ctx: AccountContext, id: string): Promise<BackorderCase> {
  requireScope(ctx, 'backorders:read')
  const row = await selectBackorders(ctx).where('backorder.id', '=', id).executeTakeFirst()
  if (row === undefined) throw new Refusal('backorder_not_found', 'No such backorder.', { id })
  const [evidence, payments, expiresAt] = await Promise.all([
    readEvidence(ctx, id),
    readPayments(ctx, id),
    readExpiry(ctx, id),
  ])
  const refunds = await readRefunds(
    ctx,
    payments.map((payment) => payment.id),
  )
  return { ...toBackorderView(row), evidence, expiresAt, payments, refunds }
}

async function readExpiry(ctx: AccountContext, backorderId: string): Promise<Date | null> {
  const registration = await ctx.db
    .selectFrom('registration')
    .select('expires_at')
    .where('backorder_id', '=', backorderId)
    .executeTakeFirst()
  return registration?.expires_at ?? null
}

async function readEvidence(ctx: AccountContext, backorderId: string): Promise<Evidence | null> {
  const target = await ctx.db
    .selectFrom('catch_target')
    .selectAll()
    .where('backorder_id', '=', backorderId)
    .executeTakeFirst()
  if (target === undefined) return null
  const of = { targetId: target.id, decidingClTRID: target.deciding_cltrid }
  return {
    outcome: target.decided_at === null ? null : (target.state as Outcome),
    decidedCode: target.decided_code,
    basis: target.decided_basis,
    holderClid: target.holder_clid,
    deciding: await readDecidingAttempt(ctx.db, of),
    attempts: await readAttempts(ctx.db, of, { limit: ATTEMPTS_WITH_BACKORDER_MAX }),
    removed: await readRemoved(ctx.db, target.id),
  }
}

async function readPayments(ctx: AccountContext, backorderId: string): Promise<readonly PaymentView[]> {
  const rows = await selectPayments(ctx)
    .where('payment.backorder_id', '=', backorderId)
    .orderBy('payment.id')
    .execute()
  return rows.map(toPaymentView)
}
