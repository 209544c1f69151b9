import { Refusal } from '@droplock/rules/refusals'
import type { Transaction } from 'kysely'
import { lockBackorder } from '../backorders/lock.ts'
import type { Database } from '../database/tables.gen.ts'
import { lockRenewal } from '../renewals/lock.ts'
import { lockPayment } from './lock.ts'

/**
 * A payment with the backorder or the renewal that it is of, locked in the lock order, and the domain name. Throws Refusal: payment_not_found,
 * try_again (the payment claimed a name meanwhile).
 */
export async function lockPaymentWithOrder(tx: Transaction<Database>, id: string) {
  const seen = await tx
    .selectFrom('payment')
    .leftJoin('renewal', 'renewal.id', 'payment.renewal_id')
    .leftJoin('registration', 'registration.id', 'renewal.registration_id')
    .select(['payment.backorder_id', 'payment.renewal_id', 'registration.name'])
    .where('payment.id', '=', id)
    .executeTakeFirst()
  if (seen === undefined) throw new Refusal('payment_not_found', 'No such payment.', { id })
  const backorder = seen.backorder_id === null ? undefined : await lockBackorder(tx, seen.backorder_id)
  const renewal = seen.renewal_id === null ? undefined : await lockRenewal(tx, seen.renewal_id)
  const payment = await lockPayment(tx, id)
  // Late money claims a free name under the listing's lock, which is not held here.
  if (payment.backorder_id !== seen.backorder_id)
    throw new Refusal('try_again', 'The payment has just claimed a name.')
  return { backorder, renewal, payment, name: backorder?.name ?? seen.name }
}
