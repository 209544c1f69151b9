import { Refusal } from '@droplock/rules/refusals'
import type { Transaction } from 'kysely'
import { lockAccount } from '../accounts/lock.ts'
import type { Database } from '../database/tables.gen.ts'
import { lockPaymentWithOrder } from '../payments/lock-with-order.ts'

/**
 * A refund with all it touches, locked in the lock order: backorder or renewal (where there is one), payment, account, refund. Which
 * payment it is of never changes, so that is read before any lock. Throws Refusal: refund_not_found, try_again.
 */
export async function lockRefund(tx: Transaction<Database>, id: string) {
  const seen = await tx.selectFrom('refund').select('payment_id').where('id', '=', id).executeTakeFirst()
  if (seen === undefined) throw new Refusal('refund_not_found', 'No such refund.', { id })
  const { backorder, renewal, payment, name } = await lockPaymentWithOrder(tx, seen.payment_id)
  const account = await lockAccount(tx, payment.account_id)
  const refund = await tx
    .selectFrom('refund')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow()
  return { backorder, renewal, payment, name, account, refund }
}

export type LockedRefund = Awaited<ReturnType<typeof lockRefund>>
