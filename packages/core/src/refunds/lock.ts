import { Refusal } from '@droplock/rules/refusals'
import type { Transaction } from 'kysely'
import { lockAccount } from '../accounts/lock.ts'
import { lockBackorder } from '../backorders/lock.ts'
import type { Database } from '../database/tables.gen.ts'
import { lockPayment } from '../payments/lock.ts'
import { lockRenewal } from '../renewals/lock.ts'

/**
 * A refund with all it touches, locked in the lock order: backorder or renewal (where there is one), payment, account, refund. Which
 * payment it is of never changes, so that is read before any lock. Throws Refusal('refund_not_found').
 */
export async function lockRefund(tx: Transaction<Database>, id: string) {
  const subject = await tx
    .selectFrom('refund')
    .innerJoin('payment', 'payment.id', 'refund.payment_id')
    .select(['payment.id', 'payment.backorder_id', 'payment.renewal_id', 'payment.account_id'])
    .where('refund.id', '=', id)
    .executeTakeFirst()
  if (subject === undefined) throw new Refusal('refund_not_found', 'No such refund.', { id })
  const backorder = subject.backorder_id === null ? undefined : await lockBackorder(tx, subject.backorder_id)
  const renewal = subject.renewal_id === null ? undefined : await lockRenewal(tx, subject.renewal_id)
  const payment = await lockPayment(tx, subject.id)
  const account = await lockAccount(tx, subject.account_id)
  const refund = await tx
    .selectFrom('refund')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow()
  return { backorder, renewal, payment, account, refund }
}

export type LockedRefund = Awaited<ReturnType<typeof lockRefund>>
