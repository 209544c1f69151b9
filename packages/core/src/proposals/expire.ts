import type { Context } from '../context.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { expireLocked, selectOverdue } from './internal.ts'

/** Ends one proposal that nobody decided in time. Several processes may do it at once. Whether there was one. */
export async function expireProposal(ctx: Context): Promise<boolean> {
  return inTransaction(ctx.db, async (tx) => {
    const now = await databaseTime(tx)
    const overdue = await selectOverdue(tx, now)
      .orderBy('expires_at')
      .limit(1)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst()
    if (overdue === undefined) return false
    await expireLocked(tx, overdue, now)
    return true
  })
}
