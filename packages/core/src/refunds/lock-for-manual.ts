import type { RefundDestination } from '@droplock/rules/machines/refund'
import { decideManualDestination } from '@droplock/rules/refunds/decide-destination'
import { decideProposal, decideTopUpRefund } from '@droplock/rules/refunds/decide-manual'
import { Refusal } from '@droplock/rules/refusals'
import type { Transaction } from 'kysely'
import { lockAccount } from '../accounts/lock.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { lockPaymentWithOrder } from '../payments/lock-with-order.ts'
import { refundedMinor } from './refunded.ts'

export type ManualRefund = {
  readonly paymentId: string
  readonly amountMinor: bigint
  readonly destination?: RefundDestination
}

/**
 * What a person refunds, locked and decided: the payment, its domain name, the destination of rule 9 (`ruled`), and the one that
 * is asked for. Throws Refusal: payment_not_found, backorder_undecided, renewal_undecided, refund_exceeds_remaining,
 * refund_exceeds_balance, refund_stays_on_balance, payment_disputed, try_again.
 */
export async function lockForManual(tx: Transaction<Database>, refund: ManualRefund) {
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
