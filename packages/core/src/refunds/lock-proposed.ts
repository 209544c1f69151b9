import { decideDecision } from '@droplock/rules/refunds/decide-manual'
import { Refusal } from '@droplock/rules/refusals'
import type { Transaction } from 'kysely'
import { lockAccount } from '../accounts/lock.ts'
import { lockBackorder } from '../backorders/lock.ts'
import type { StaffContext } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { lockSecuringPayment } from '../payments/lock.ts'

/**
 * A proposed refund that this person may decide, with all it touches, locked in the lock order: backorder, payment, account,
 * refund. Which backorder it is of never changes, so that is read before any lock. Throws Refusal: refund_not_found,
 * refund_already_decided, decider_is_proposer.
 */
export async function lockProposed(tx: Transaction<Database>, ctx: StaffContext, refundId: string) {
  const subject = await tx
    .selectFrom('refund')
    .innerJoin('payment', 'payment.id', 'refund.payment_id')
    .select(['payment.backorder_id', 'payment.account_id'])
    .where('refund.id', '=', refundId)
    .executeTakeFirst()
  if (subject?.backorder_id == null) throw new Refusal('refund_not_found', 'No such refund.')
  const backorder = await lockBackorder(tx, subject.backorder_id)
  const payment = await lockSecuringPayment(tx, backorder.id)
  const account = await lockAccount(tx, subject.account_id)
  const refund = await tx
    .selectFrom('refund')
    .selectAll()
    .where('id', '=', refundId)
    .forUpdate()
    .executeTakeFirstOrThrow()
  decideDecision(
    { state: refund.state, cause: refund.cause, proposedBy: refund.proposed_by },
    ctx.actor.staffId,
  )
  return { backorder, payment, account, refund }
}
