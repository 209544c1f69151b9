import type { RefundDestination } from '@droplock/rules/machines/refund'
import {
  decideDestination,
  isSameDestination,
  waitingLedgerAccount,
} from '@droplock/rules/refunds/destination'
import { APPROVAL_MS_MAX, isRetryable } from '@droplock/rules/refunds/manual'
import { Refusal } from '@droplock/rules/refusals'
import type { Transaction } from 'kysely'
import { recordAudit } from '../audit/record.ts'
import { requirePermission, requireReason, type StaffContext } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { resolveFinanceTask } from '../finance-tasks.ts'
import { type LockedRefund, lockRefund } from '../locks.ts'
import { fundRefund, notifyOfRefund } from './internal.ts'

type RetryRefund = {
  readonly refundId: string
  readonly note: string
  /** Left out, the one of rule 9 now. */
  readonly destination?: RefundDestination
}

/**
 * Retries a refund that failed for certain, as a new refund. Its amount was decided before, so one person is enough for the
 * destination of rule 9; any other destination is a proposal. Returns the new refund's id. Throws Refusal: forbidden, reason_required,
 * refund_not_found, refund_not_retryable, payment_disputed, try_again. Rule 9.
 */
export async function retryRefund(ctx: StaffContext, retry: RetryRefund): Promise<string> {
  requirePermission(ctx, 'refunds:retry')
  const note = requireReason(retry.note)
  const id = ctx.newId()
  await inTransaction(ctx.db, async (tx) => {
    const locked = await lockRefund(tx, retry.refundId)
    await requireRetryable(tx, locked)
    const { payment, refund, name } = locked
    const { destination, byRule } = decideRetry(locked, retry.destination)
    const now = await databaseTime(tx)
    const again = {
      id,
      amountMinor: refund.amount_minor,
      destination,
      retriesId: refund.id,
    }
    const state = byRule
      ? await fundRefund(tx, ctx, payment, again, waitingLedgerAccount(payment))
      : 'proposed'
    await tx
      .insertInto('refund')
      .values({
        id,
        payment_id: payment.id,
        cause: refund.cause,
        state,
        destination,
        by_rule: byRule,
        amount_minor: refund.amount_minor,
        currency: refund.currency,
        reason_code: refund.reason_code,
        note,
        proposed_by: ctx.actor.staffId,
        retries_refund_id: refund.id,
        notify: refund.notify,
        created_at: now,
        decided_at: state === 'proposed' ? null : now,
        expires_at: state === 'proposed' ? new Date(now.getTime() + APPROVAL_MS_MAX) : null,
        try_after: state === 'approved' ? now : null,
      })
      .execute()
    await notifyOfRefund(tx, ctx, { id, state, notify: refund.notify })
    if (state !== 'proposed') {
      await resolveFinanceTask(tx, 'refund_failed', refund.id, `retried as ${id}`, ctx.actor.staffId)
    }
    await recordAudit(tx, {
      by: ctx.actor,
      action: 'refund.retried',
      subjectType: 'refund',
      subjectId: id,
      reason: note,
      before: { retries_refund_id: refund.id, destination: refund.destination, failure: refund.failure },
      after: { state, name, destination, amount_minor: refund.amount_minor, currency: refund.currency },
    })
  })
  return id
}

/** Throws Refusal('refund_not_retryable'). The payment's lock, which every retry takes, keeps it true. */
async function requireRetryable(tx: Transaction<Database>, { refund }: LockedRefund): Promise<void> {
  const retry = await tx
    .selectFrom('refund')
    .select('id')
    .where('retries_refund_id', '=', refund.id)
    .where('state', 'not in', ['rejected', 'expired'])
    .executeTakeFirst()
  if (isRetryable({ state: refund.state, isRetried: retry !== undefined })) return
  throw new Refusal('refund_not_retryable', 'Only a failed refund without a retry can be retried.', {
    state: refund.state,
  })
}

function decideRetry({ payment, account }: LockedRefund, asked: RefundDestination | undefined) {
  const ruled = decideDestination({
    balanceMinor: account.balance_minor,
    method: payment.method,
    chargedBack: payment.state === 'charged_back',
  })
  const destination = asked ?? ruled
  if (payment.state === 'charged_back' && destination === 'original_payment') {
    throw new Refusal('payment_disputed', "The bank has returned this payment to the card's holder.")
  }
  return { destination, byRule: isSameDestination(destination, ruled, payment.method) }
}
