import type { ReceiverKind } from '@droplock/rules/notifications/decide-receiver'
import { sql } from 'kysely'
import type { RaiseAlarm } from '../alarms/raise.ts'
import type { Context } from '../context.ts'

/** Whoever can send them has had time to. */
const WAITED_SECONDS = 60

/**
 * The receivers of these kinds for whom something waits that nobody sends, as alarms `event_undelivered`. It loses no attempt, and is
 * given up in the end (see `giveUpDeliveries`). The alarm ends with the first delivery, unless something has failed by then.
 */
export async function findUnsendable(
  ctx: Context,
  kinds: readonly ReceiverKind[],
  failure: string,
): Promise<readonly RaiseAlarm[]> {
  const { rows } = await sql<{ id: string; kind: string; address: string; waiting: number }>`
    select receiver.id, receiver.kind, address, count(*)::integer as waiting
    from event_receiver as receiver join event_delivery as delivery on delivery.receiver_id = receiver.id
    where receiver.disabled_at is null and receiver.kind = any (${[...kinds]}::text[]) and delivery.state = 'pending'
      and delivery.try_after < statement_timestamp() - make_interval(secs => ${WAITED_SECONDS})
    group by receiver.id order by receiver.id`.execute(ctx.db)
  return rows.map(({ id, ...facts }) => ({
    kind: 'event_undelivered',
    subject: id,
    facts: { ...facts, failure },
  }))
}
