import { next } from '@droplock/rules/machines/machine'
import { refundMachine } from '@droplock/rules/machines/refund'
import { APPROVAL_MS_MAX, decideApproval, decideDecision } from '@droplock/rules/refunds/decide-manual'
import { manualSource, type RefundSource, waitingPlace } from '@droplock/rules/refunds/destination'
import { sql, type Transaction } from 'kysely'
import { recordAudit } from '../audit/record.ts'
import { requireActiveProposer } from '../audit/require-active.ts'
import { type Context, requirePermission, requireReason, type StaffContext } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { settleFinanceTask } from '../finance-tasks.ts'
import { post } from '../ledger/post.ts'
import { type LockedRefund, lockRefund } from '../locks.ts'
import { fundRefund } from './fund.ts'
import { notifyOfRefund } from './notify.ts'
import { termsHash } from './terms.ts'

type ApproveRefund = {
  readonly refundId: string
  /** The hash of the terms that the approver was shown (see `termsHash`), in hex. */
  readonly seenHash: string
  readonly note?: string
}

/**
 * Approves a proposed refund, as it was seen. To the balance the money moves in this transaction; to a card the worker sends it.
 * Throws Refusal: forbidden, refund_not_found, refund_already_decided, decider_is_proposer, proposer_disabled, refund_expired, refund_changed,
 * refund_exceeds_balance, try_again. Rule 9.
 */
export async function approveRefund(ctx: StaffContext, decision: ApproveRefund): Promise<void> {
  requirePermission(ctx, 'refunds:decide')
  await inTransaction(ctx.db, async (tx) => {
    const locked = await lockProposed(tx, ctx, decision.refundId)
    const { payment, account, refund } = locked
    await requireActiveProposer(tx, refund.proposed_by)
    const now = await databaseTime(tx)
    const terms = hashOf(locked)
    decideApproval({ expiresAt: refund.expires_at, termsHash: terms, seenHash: decision.seenHash }, now)
    const funded = {
      id: refund.id,
      amountMinor: refund.amount_minor,
      destination: refund.destination,
      retriesId: refund.retries_refund_id,
    }
    const placed = await fundRefund(tx, ctx, payment, funded, sourceOf(locked))
    const state = next(refundMachine, refund.state, placed === 'succeeded' ? 'credit' : 'approve')
    await tx
      .updateTable('refund')
      .set({
        state,
        approved_sha256: Buffer.from(terms, 'hex'),
        decided_by: ctx.actor.staffId,
        decision_note: decision.note ?? null,
        decided_at: now,
        expires_at: new Date(now.getTime() + APPROVAL_MS_MAX),
        try_after: state === 'approved' ? now : null,
      })
      .where('id', '=', refund.id)
      .execute()
    await notifyOfRefund(tx, ctx, { ...refund, state })
    await settleRetried(tx, ctx, refund)
    await recordAudit(tx, {
      by: ctx.actor,
      action: 'refund.approved',
      subjectType: 'refund',
      subjectId: refund.id,
      reason: decision.note,
      before: { state: refund.state, balance_minor: account.balance_minor },
      after: {
        state,
        name: locked.name,
        amount_minor: refund.amount_minor,
        currency: refund.currency,
        destination: refund.destination,
        terms_sha256: terms,
      },
    })
  })
}

function hashOf({ payment, refund }: LockedRefund): string {
  return termsHash({
    refundId: refund.id,
    paymentId: payment.id,
    accountId: payment.account_id,
    amountMinor: refund.amount_minor,
    currency: refund.currency,
    destination: refund.destination,
  })
}

/** A retry's money is where the refund that failed left it. */
function sourceOf({ backorder, renewal, payment, refund }: LockedRefund): RefundSource {
  if (refund.retries_refund_id !== null) return waitingPlace(payment)
  const source = manualSource(payment.purpose)
  // A failure was refunded in full by itself: nothing of it remains to be proposed.
  if (source === 'revenue' && (backorder ?? renewal)?.state !== 'successful')
    throw new Error(`refund ${refund.id} is of no revenue`)
  return source
}

async function settleRetried(tx: Transaction<Database>, ctx: StaffContext, refund: LockedRefund['refund']) {
  if (refund.retries_refund_id === null) return
  await settleFinanceTask(
    tx,
    'refund_failed',
    refund.retries_refund_id,
    `retried as ${refund.id}`,
    ctx.actor.staffId,
  )
}

type RejectRefund = { readonly refundId: string; readonly note: string }

/**
 * Rejects a proposed refund: nothing moves, and the amount can be proposed again. Throws Refusal: forbidden,
 * reason_required, refund_not_found, refund_already_decided, decider_is_proposer, try_again.
 */
export async function rejectRefund(ctx: StaffContext, decision: RejectRefund): Promise<void> {
  requirePermission(ctx, 'refunds:decide')
  const note = requireReason(decision.note)
  await inTransaction(ctx.db, async (tx) => {
    const { refund } = await lockProposed(tx, ctx, decision.refundId)
    const state = next(refundMachine, refund.state, 'reject')
    await tx
      .updateTable('refund')
      .set({
        state,
        decided_by: ctx.actor.staffId,
        decision_note: note,
        decided_at: await databaseTime(tx),
      })
      .where('id', '=', refund.id)
      .execute()
    await recordAudit(tx, {
      by: ctx.actor,
      action: 'refund.rejected',
      subjectType: 'refund',
      subjectId: refund.id,
      reason: note,
      before: { state: refund.state },
      after: { state },
    })
  })
}

/**
 * Ends one refund that waited too long: a proposal that nobody decided, or a manual one that was approved and never sent, whose
 * money returns to where it was. What a failure owes does not expire. Whether there was one.
 */
export async function expireRefund(ctx: Context): Promise<boolean> {
  return inTransaction(ctx.db, async (tx) => {
    const { rows } = await sql<{ id: string }>`
      select id from refund where expires_at <= statement_timestamp() and (state = 'proposed'
        or (state = 'approved' and attempts = 0 and cause = 'manual' and retries_refund_id is null))
      order by expires_at limit 1`.execute(tx)
    const id = rows[0]?.id
    if (id === undefined) return false
    const { payment, refund } = await lockRefund(tx, id)
    // Somebody may have decided or sent it, just before its lock was had.
    if (refund.state !== 'proposed' && (refund.state !== 'approved' || refund.attempts > 0)) return true
    const now = await databaseTime(tx)
    const state = next(refundMachine, refund.state, 'expire')
    await tx
      .updateTable('refund')
      .set({ state, decided_at: now, try_after: null })
      .where('id', '=', id)
      .execute()
    if (refund.state === 'approved') {
      await post(tx, {
        cause: 'refund_expired',
        causeId: id,
        from: 'refunds_payable',
        to: manualSource(payment.purpose),
        amountMinor: refund.amount_minor,
        currency: refund.currency,
        accountId: payment.account_id,
        backorderId: payment.backorder_id ?? undefined,
        renewalId: payment.renewal_id ?? undefined,
        paymentId: payment.id,
      })
    }
    await recordAudit(tx, {
      action: 'refund.expired',
      subjectType: 'refund',
      subjectId: id,
      before: { state: refund.state },
      after: { state },
    })
    return true
  })
}

/**
 * A proposed refund that this person may decide, with all it touches, locked. Throws Refusal: refund_not_found,
 * refund_already_decided, decider_is_proposer.
 */
async function lockProposed(
  tx: Transaction<Database>,
  ctx: StaffContext,
  refundId: string,
): Promise<LockedRefund> {
  const locked = await lockRefund(tx, refundId)
  const { state, cause, proposed_by: proposedBy } = locked.refund
  decideDecision({ state, cause, proposedBy }, ctx.actor.staffId)
  return locked
}
