import type { Transaction } from 'kysely'
import type { Database } from '../database/tables.gen.ts'

/** The payment that secures a backorder, under FOR UPDATE: the place where its refunds are counted. */
export async function lockSecuringPayment(tx: Transaction<Database>, backorderId: string) {
  return securingPayment(tx, 'backorder_id', backorderId).executeTakeFirstOrThrow()
}

/** The same where there may be none: an order that expired unpaid. */
export async function findSecuringPayment(tx: Transaction<Database>, backorderId: string) {
  return securingPayment(tx, 'backorder_id', backorderId).executeTakeFirst()
}

/** A payment under FOR UPDATE; its listing and backorder are locked before it. */
export async function lockPayment(tx: Transaction<Database>, id: string) {
  return tx.selectFrom('payment').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow()
}

export type LockedPayment = Awaited<ReturnType<typeof lockPayment>>

/** The payment that paid a renewal, under FOR UPDATE. */
export async function lockRenewalPayment(tx: Transaction<Database>, renewalId: string) {
  return securingPayment(tx, 'renewal_id', renewalId).executeTakeFirstOrThrow()
}

/** The same where there may be none. */
export async function findRenewalPayment(tx: Transaction<Database>, renewalId: string) {
  return securingPayment(tx, 'renewal_id', renewalId).executeTakeFirst()
}

function securingPayment(tx: Transaction<Database>, order: 'backorder_id' | 'renewal_id', id: string) {
  return tx.selectFrom('payment').selectAll().where(order, '=', id).where('secures', '=', true).forUpdate()
}
