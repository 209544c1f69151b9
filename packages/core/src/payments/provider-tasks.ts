import { sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import { noteWork } from '../database/note-work.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'

/** Files the cancellation of the unpaid card payments of these backorders or renewals, so that nobody can pay them any more. */
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

/** Payments per transaction. */
const PAYMENTS_PER_BATCH_MAX = 500

/**
 * Files the cancellation of card payments whose time to pay is over, whether a name is held or not. Returns how many; call again while
 * not 0. It writes no payment, so it waits for no lock.
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

/** Files requests to the provider, to be sent after `tryAfter`. A payment has one of each kind: a repeat adds none. */
export async function fileTasks(
  tx: Transaction<Database>,
  ctx: Context,
  kind: 'create_intent' | 'cancel_intent',
  paymentIds: readonly string[],
  tryAfter: Date,
): Promise<void> {
  if (paymentIds.length === 0) return
  const ids = paymentIds.map(() => ctx.newId())
  await sql`
    insert into provider_task (id, kind, payment_id, created_at, try_after)
    select fresh.id, ${kind}, fresh.payment_id, clock_timestamp(), ${tryAfter}
    from unnest(${ids}::uuid[], ${[...paymentIds]}::uuid[]) as fresh (id, payment_id)
    on conflict on constraint one_task_of_a_kind_per_payment do nothing`.execute(tx)
  noteWork(tx)
}
