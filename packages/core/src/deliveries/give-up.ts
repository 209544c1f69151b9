import { DELIVERY_WAIT_DAYS_MAX } from '@droplock/rules/events/delivery-retry'
import { deliveryMachine } from '@droplock/rules/machines/delivery'
import { next } from '@droplock/rules/machines/machine'
import { type RawBuilder, sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'
import { raiseUndelivered } from './undelivered.ts'

/** Deliveries of a batch, so that its locks are held for milliseconds. */
const DELIVERIES_PER_BATCH_MAX = 500

const isOverdue = sql`
  delivery.try_after < statement_timestamp() - make_interval(days => ${DELIVERY_WAIT_DAYS_MAX})`

/**
 * Gives up one batch of what will not be sent, by the database's clock: what is on its way to receivers that were disabled, and what
 * has been due for `DELIVERY_WAIT_DAYS_MAX` and was taken by nobody, which is an alarm of its receiver. What another has locked is left
 * to it. Returns how many: 0 when nothing is left.
 */
export async function giveUpDeliveries(ctx: Context): Promise<number> {
  return inTransaction(ctx.db, async (tx) => {
    const disabled = await giveUp(tx, sql`receiver.disabled_at is not null`, 'the receiver was disabled')
    const overdue = await giveUp(tx, isOverdue, `nothing sent it for ${DELIVERY_WAIT_DAYS_MAX} days`)
    const facts = new Map(overdue.map(({ receiverId, ...last }) => [receiverId, last]))
    if (overdue.length > 0) await raiseUndelivered(tx, ctx, facts)
    return disabled.length + overdue.length
  })
}

type GivenUp = { readonly receiverId: string; readonly eventId: string; readonly failure: string }

async function giveUp(
  tx: Transaction<Database>,
  condition: RawBuilder<unknown>,
  failure: string,
): Promise<readonly GivenUp[]> {
  const { rows } = await sql<GivenUp>`
    with hopeless as (
      select delivery.id from event_delivery as delivery join event_receiver as receiver on receiver.id = receiver_id
      where delivery.state = 'pending' and ${condition}
      limit ${DELIVERIES_PER_BATCH_MAX} for update of delivery skip locked
    )
    update event_delivery as delivery set state = ${next(deliveryMachine, 'pending', 'give_up')},
      decided_at = clock_timestamp(), failure = ${failure}
    from hopeless where delivery.id = hopeless.id
    returning receiver_id as "receiverId", event_id as "eventId", failure`.execute(tx)
  return rows
}
