import type { Transaction } from 'kysely'
import type { Database } from '../database/tables.gen.ts'

/** Of a code that is not valid, or not any more: nobody needs to derive it. */
export async function removeSalt(tx: Transaction<Database>, requestId: string): Promise<void> {
  await tx.updateTable('auth_code').set({ salt: null }).where('request_id', '=', requestId).execute()
}
