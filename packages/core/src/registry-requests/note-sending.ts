import { DOUBT_MS } from '@droplock/rules/renewals/try-later'
import type { Context } from '../context.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockRequest } from './lock.ts'

/**
 * Writes that a command is about to leave, before it does: after a crash it is in doubt, and after `DOUBT_MS` `info`
 * tells. False where the request is done, so nothing may be sent.
 */
export async function noteSending(ctx: Context, id: string, clTRID: string): Promise<boolean> {
  return inTransaction(ctx.db, async (tx) => {
    const request = await lockRequest(tx, id)
    if (request.state === 'done') return false
    const lookAfter = new Date((await databaseTime(tx)).getTime() + DOUBT_MS)
    await tx
      .updateTable('registry_request')
      .set({ state: 'sent', cltrid: clTRID, svtrid: null, answer_code: null, try_after: lookAfter })
      .where('id', '=', id)
      .execute()
    return true
  })
}
