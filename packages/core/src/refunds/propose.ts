import type { RefundDestination } from '@droplock/rules/machines/refund'
import { decideManualDestination, isSameDestination } from '@droplock/rules/refunds/destination'
import {
  APPROVAL_MS_MAX,
  decideProposal,
  decideTopUpRefund,
  type RefundReason,
} from '@droplock/rules/refunds/manual'
import { Refusal } from '@droplock/rules/refusals'
import type { Transaction } from 'kysely'
import { recordAudit } from '../audit/record.ts'
import { requirePermission, requireReason, type StaffContext } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockAccount, lockPaymentWithOrder } from '../locks.ts'
import { refundedMinor } from './read.ts'

export type ProposeRefund = {
  readonly paymentId: string
  readonly amountMinor: bigint
  readonly reasonCode: RefundReason
  readonly note: string
  /** Left out, the one of rule 9. */
  readonly destination?: RefundDestination
  /** Whether the customer is notified. Left out, they are. */
  readonly notify?: boolean
}

/**
 * Proposes a refund of a payment; another person decides before it expires. The payment's lock keeps all its refunds and proposals
 * within its amount. Returns the refund's id. Throws Refusal: forbidden, reason_required, payment_not_found,
 * backorder_undecided, renewal_undecided, refund_exceeds_remaining, refund_exceeds_balance, refund_stays_on_balance,
 * payment_disputed, try_again. Rules 4, 9.
 */
export async function proposeRefund(ctx: StaffContext, proposal: ProposeRefund): Promise<string> {
  requirePermission(ctx, 'refunds:propose')
  const note = requireReason(proposal.note)
  const { amountMinor, reasonCode, notify = true } = proposal
  const id = ctx.newId()
  await inTransaction(ctx.db, async (tx) => {
    const { payment, name, destination, ruled, now } = await lockRefundable(tx, proposal)
    await tx
      .insertInto('refund')
      .values({
        id,
        payment_id: payment.id,
        cause: 'manual',
        state: 'proposed',
        destination,
        by_rule: isSameDestination(destination, ruled, payment.method),
        amount_minor: amountMinor,
        currency: payment.currency,
        reason_code: reasonCode,
        note,
        notify,
        proposed_by: ctx.actor.staffId,
        created_at: now,
        expires_at: new Date(now.getTime() + APPROVAL_MS_MAX),
      })
      .execute()
    await recordAudit(tx, {
      by: ctx.actor,
      action: 'refund.proposed',
      subjectType: 'refund',
      subjectId: id,
      reason: note,
      after: {
        state: 'proposed',
        payment_id: payment.id,
        backorder_id: payment.backorder_id,
        name,
        amount_minor: amountMinor,
        currency: payment.currency,
        destination,
        destination_by_rule: ruled,
        reason_code: reasonCode,
        notify,
      },
    })
  })
  return id
}

type ManualRefund = {
  readonly paymentId: string
  readonly amountMinor: bigint
  readonly destination?: RefundDestination
}

/**
 * Locks a payment that a person refunds, and decides whether they may. Returns the payment, its domain name, the destination by
 * rule 9 (`ruled`) and the one that was asked for. Throws Refusal: payment_not_found, backorder_undecided, renewal_undecided, refund_exceeds_remaining,
 * refund_exceeds_balance, refund_stays_on_balance, payment_disputed, try_again.
 */
export async function lockRefundable(tx: Transaction<Database>, refund: ManualRefund) {
  const { amountMinor } = refund
  const { backorder, renewal, payment, name } = await lockPaymentWithOrder(tx, refund.paymentId)
  const facts = {
    purpose: payment.purpose,
    paymentState: payment.state,
    secures: payment.secures,
    backorderState: backorder?.state,
    renewalState: renewal?.state,
    capturedMinor: payment.captured_minor,
    refundedMinor: await refundedMinor(tx, payment.id),
  }
  decideProposal(facts, amountMinor)
  const account = await lockAccount(tx, payment.account_id)
  const ruled = decideManualDestination({
    purpose: payment.purpose,
    amountMinor,
    balanceMinor: account.balance_minor,
    method: payment.method,
    chargedBack: payment.state === 'charged_back',
  })
  const destination = refund.destination ?? ruled
  if (payment.state === 'charged_back' && destination === 'original_payment') {
    throw new Refusal('payment_disputed', "The bank has returned this payment to the card's holder.")
  }
  if (payment.purpose === 'top_up') {
    const { balance_minor: balanceMinor, credit_limit_minor: creditLimitMinor } = account
    decideTopUpRefund({ amountMinor, destination, balanceMinor, creditLimitMinor })
  }
  return { payment, name, destination, ruled, now: await databaseTime(tx) }
}
