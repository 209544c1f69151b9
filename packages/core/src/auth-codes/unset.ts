import type { Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { finishRequest } from '../registry-requests/record.ts'

type Unset = {
  readonly requestId: string
  readonly changeId: string
  readonly code: number | null
  readonly svTRID: string | null
}

/** Records that an auth code is no longer valid at the registry. A repeat returns false. RFC 9154 §4.3. */
export async function recordAuthCodeUnset(ctx: Context, { changeId, ...answer }: Unset): Promise<boolean> {
  return inTransaction(ctx.db, async (tx) => {
    if (!(await finishRequest(tx, answer, await databaseTime(tx)))) return false
    await removeSalt(tx, changeId)
    return true
  })
}

/** Of a code that is not valid, or not any more: nobody needs to derive it. */
export async function removeSalt(tx: Transaction<Database>, requestId: string): Promise<void> {
  await tx.updateTable('auth_code').set({ salt: null }).where('request_id', '=', requestId).execute()
}
