import type { ReceiverKind } from '@droplock/rules/notifications/decide-receiver'
import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import { raiseUndelivered } from './undelivered.ts'

/** Whoever can send them has had time to. */
const WAITED_SECONDS = 60

/**
 * Raises the alarm `event_undelivered` of each receiver of these kinds for whom something waits that nobody sends. It loses no attempt,
 * and is given up in the end (see `giveUpDeliveries`). The alarm ends with the first delivery, unless something has failed by then.
 */
export async function raiseUnsendable(
  ctx: Context,
  kinds: readonly ReceiverKind[],
  failure: string,
): Promise<void> {
  const { rows } = await sql<{ id: string; waiting: number }>`
    select receiver.id, count(*)::integer as waiting
    from event_receiver as receiver join event_delivery as delivery on delivery.receiver_id = receiver.id
    where receiver.disabled_at is null and receiver.kind = any (${[...kinds]}::text[]) and delivery.state = 'pending'
      and delivery.try_after < statement_timestamp() - make_interval(secs => ${WAITED_SECONDS})
    group by receiver.id`.execute(ctx.db)
  if (rows.length === 0) return
  const facts = new Map(rows.map(({ id, waiting }) => [id, { waiting, failure }]))
  await inTransaction(ctx.db, (tx) => raiseUndelivered(tx, ctx, facts))
}
