import { sql, type Transaction } from 'kysely'
import type { Database } from './database/tables.gen.ts'

// The locks of transactions that end many targets at once: those of `locks.ts`, in the same order, for rows that are given by their
// ids. Rows are locked by ascending id, and one that does not exist is left out.

/** Rows with these ids: one text for any number of them, so that the statement is prepared. */
const isAmong = (ids: readonly string[]) => sql<boolean>`id = any(${[...ids]}::uuid[])`

/** Listings. */
export async function lockListings(tx: Transaction<Database>, ids: readonly string[]) {
  return tx.selectFrom('listing').selectAll().where(isAmong(ids)).orderBy('id').forUpdate().execute()
}

/** Catch targets. The caller holds the locks of their listings. */
export async function lockTargets(tx: Transaction<Database>, ids: readonly string[]) {
  return tx.selectFrom('catch_target').selectAll().where(isAmong(ids)).orderBy('id').forUpdate().execute()
}

export type LockedTarget = Awaited<ReturnType<typeof lockTargets>>[number]

/** Backorders. Their listings and targets are locked before them. */
export async function lockBackorders(tx: Transaction<Database>, ids: readonly string[]) {
  return tx.selectFrom('backorder').selectAll().where(isAmong(ids)).orderBy('id').forUpdate().execute()
}

/** The payments that secure these backorders. Their refunds are counted under these locks. */
export async function lockSecuringPayments(tx: Transaction<Database>, backorderIds: readonly string[]) {
  return tx
    .selectFrom('payment')
    .selectAll()
    .where(sql<boolean>`backorder_id = any(${[...backorderIds]}::uuid[])`)
    .where('secures', '=', true)
    .orderBy('id')
    .forUpdate()
    .execute()
}

/**
 * Customers' accounts whose debts refunds read. Others may still write rows that name an account, as the rest of a batch does for
 * accounts that are not among these: otherwise batches would wait for each other in a circle.
 */
export async function lockAccounts(tx: Transaction<Database>, ids: readonly string[]) {
  return tx.selectFrom('account').selectAll().where(isAmong(ids)).orderBy('id').forNoKeyUpdate().execute()
}
