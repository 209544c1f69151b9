import type { Transaction } from 'kysely'
import type { Database } from '../database/tables.gen.ts'

/** A customer's account under FOR UPDATE, so that refunds read its debt in the order they are made (rule 9). */
export async function lockAccount(tx: Transaction<Database>, id: string) {
  return tx.selectFrom('account').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow()
}
