import { sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import { noteWork } from '../database/note-work.ts'
import type { Database } from '../database/tables.gen.ts'

/** Files what the provider has to be asked for, to be done after `tryAfter`. One of a kind for a payment: a repeat adds none. */
export async function fileTasks(
  tx: Transaction<Database>,
  ctx: Context,
  kind: 'create_intent' | 'cancel_intent',
  paymentIds: readonly string[],
  tryAfter: Date,
): Promise<void> {
  if (paymentIds.length === 0) return
  noteWork(tx)
  const ids = paymentIds.map(() => ctx.newId())
  await sql`
    insert into provider_task (id, kind, payment_id, created_at, try_after)
    select fresh.id, ${kind}, fresh.payment_id, clock_timestamp(), ${tryAfter}
    from unnest(${ids}::uuid[], ${[...paymentIds]}::uuid[]) as fresh (id, payment_id)
    on conflict on constraint one_task_of_a_kind_per_payment do nothing`.execute(tx)
}
