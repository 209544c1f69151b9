import type { Transaction } from 'kysely'
import type { Database } from '../database/tables.gen.ts'

/** A registration's row under FOR UPDATE: whoever moves its expiry, or orders on it, holds this. After its backorder. */
export async function lockRegistration(tx: Transaction<Database>, id: string) {
  return tx.selectFrom('registration').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow()
}
