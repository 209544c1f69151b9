import type { RefundDestination } from '@droplock/rules/machines/refund'
import { decideDestination } from '@droplock/rules/refunds/decide-destination'
import { decideProposal } from '@droplock/rules/refunds/decide-manual'
import { Refusal } from '@droplock/rules/refusals'
import type { Transaction } from 'kysely'
import { lockAccount } from '../accounts/lock.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { lockRefundable } from './refundable.ts'

export type ManualRefund = {
  readonly backorderId: string
  readonly amountMinor: bigint
  readonly destination?: RefundDestination
}

/**
 * What a person refunds, locked and decided: backorder, payment, account, the destination of rule 9 (`ruled`), and the one
 * that is asked for. Throws Refusal: backorder_not_found, backorder_undecided, refund_exceeds_remaining, payment_disputed.
 */
export async function lockForManual(tx: Transaction<Database>, refund: ManualRefund) {
  const { backorder, payment, facts } = await lockRefundable(tx, refund.backorderId)
  decideProposal(facts, refund.amountMinor)
  // Without a payment nothing remains, so the decision has refused already.
  if (payment === undefined) throw new Refusal('refund_exceeds_remaining', 'Nothing was paid.')
  const account = await lockAccount(tx, payment.account_id)
  const ruled = decideDestination({
    balanceMinor: account.balance_minor,
    method: payment.method,
    chargedBack: payment.state === 'charged_back',
  })
  const destination = refund.destination ?? ruled
  if (payment.state === 'charged_back' && destination === 'original_payment') {
    throw new Refusal('payment_disputed', "The bank has returned this payment to the card's holder.")
  }
  return { backorder, payment, account, destination, ruled, now: await databaseTime(tx) }
}
