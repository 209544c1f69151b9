import type { Transaction } from 'kysely'
import type { Database } from '../database/tables.gen.ts'

/** A target's row under FOR UPDATE; the caller holds its listing's lock already (lock order: listing, then target). */
export async function lockTarget(tx: Transaction<Database>, id: string) {
  return tx.selectFrom('catch_target').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow()
}
