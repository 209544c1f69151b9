import type { Transaction } from 'kysely'
import type { Database } from '../database/tables.gen.ts'

/** The payment that secures a backorder, under FOR UPDATE: the place where its refunds are counted. */
export async function lockSecuringPayment(tx: Transaction<Database>, backorderId: string) {
  return securingPayment(tx, backorderId).executeTakeFirstOrThrow()
}

/** The same where there may be none: an order that expired unpaid. */
export async function findSecuringPayment(tx: Transaction<Database>, backorderId: string) {
  return securingPayment(tx, backorderId).executeTakeFirst()
}

/** A payment under FOR UPDATE; its listing and backorder are locked before it. */
export async function lockPayment(tx: Transaction<Database>, id: string) {
  return tx.selectFrom('payment').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow()
}

export type LockedPayment = Awaited<ReturnType<typeof lockPayment>>

/** The same of a renewal. */
export async function lockRenewalPayment(tx: Transaction<Database>, renewalId: string) {
  return tx
    .selectFrom('payment')
    .selectAll()
    .where('renewal_id', '=', renewalId)
    .where('secures', '=', true)
    .forUpdate()
    .executeTakeFirstOrThrow()
}

function securingPayment(tx: Transaction<Database>, backorderId: string) {
  return tx
    .selectFrom('payment')
    .selectAll()
    .where('backorder_id', '=', backorderId)
    .where('secures', '=', true)
    .forUpdate()
}
