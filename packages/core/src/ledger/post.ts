import type { Transaction } from 'kysely'
import type { Database } from '../database/tables.gen.ts'
import { type Move, postingsOf } from './move.ts'

/**
 * Posts one move as a balanced set of two lines. Posting the same cause twice is a unique violation on `posting_pkey`;
 * an unbalanced or mixed set cannot commit (`posting_set_sums_to_zero`). The stored balance follows by trigger, and
 * refuses to fall below the credit limit (`balance_within_credit`).
 */
export async function post(tx: Transaction<Database>, move: Move): Promise<void> {
  await tx.insertInto('posting').values(postingsOf(move)).execute()
}
