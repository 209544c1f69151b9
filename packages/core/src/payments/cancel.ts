import { sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { fileTasks } from '../provider-tasks/file.ts'

/** Has the unpaid card payments of these backorders or renewals cancelled at the provider, so that nobody can pay them any more. */
export async function cancelPayments(
  tx: Transaction<Database>,
  ctx: Context,
  orderIds: readonly string[],
): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select id from payment
    where (backorder_id = any(${[...orderIds]}::uuid[]) or renewal_id = any(${[...orderIds]}::uuid[]))
      and state in ('requires_action', 'processing', 'failed') order by id`.execute(tx)
  const ids = rows.map((row) => row.id)
  await fileTasks(tx, ctx, 'cancel_intent', ids, await databaseTime(tx))
}
