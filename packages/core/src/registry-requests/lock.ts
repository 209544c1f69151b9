import type { Transaction } from 'kysely'
import type { Database } from '../database/tables.gen.ts'

/** A request's row under FOR UPDATE; its renewal is locked before it. */
export async function lockRequest(tx: Transaction<Database>, id: string) {
  return tx
    .selectFrom('registry_request')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow()
}
