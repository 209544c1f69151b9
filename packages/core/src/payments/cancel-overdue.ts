import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { fileTasks } from '../provider-tasks/file.ts'

/** Payments looked at in one transaction. */
const PAYMENTS_PER_BATCH_MAX = 500

/**
 * Has card payments cancelled whose time to pay is over, held name or not. Returns how many; call again while not 0. It
 * writes no payment, so it waits for nobody.
 */
export async function cancelOverduePayments(ctx: Context): Promise<number> {
  return inTransaction(ctx.db, async (tx) => {
    const { rows } = await sql<{ id: string }>`
      select id from payment
      where state in ('requires_action', 'processing', 'failed') and pay_by <= statement_timestamp()
        and not exists (select from provider_task where payment_id = payment.id and kind = 'cancel_intent')
      order by pay_by limit ${PAYMENTS_PER_BATCH_MAX}`.execute(tx)
    const ids = rows.map((row) => row.id)
    await fileTasks(tx, ctx, 'cancel_intent', ids, await databaseTime(tx))
    return ids.length
  })
}
