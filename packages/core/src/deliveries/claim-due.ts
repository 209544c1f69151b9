import type { ReceiverKind } from '@droplock/rules/notifications'
import { sql } from 'kysely'
import type { Context } from '../context.ts'
import type { Event } from '../events/feed.ts'

/** Where an event is sent. */
type Receiver = {
  readonly id: string
  readonly kind: ReceiverKind
  /** A URL, or a mail address. */
  readonly address: string
  /** The name of the secret that signs; mails have none. */
  readonly secretReference: string | null
  /** The account whose receiver it is; null: the operators'. */
  readonly accountId: string | null
}

export type DueDelivery = {
  readonly id: string
  readonly receiver: Receiver
  readonly event: Event
  /** Including this one. */
  readonly attempts: number
}

type TakeDueDeliveries = {
  /** The sender's id, new at every start. */
  readonly owner: string
  /** The kinds that this sender can send; other kinds wait and lose no attempt. */
  readonly kinds: readonly ReceiverKind[]
  readonly limit: number
}

/** How long a claim lasts: after it another sender may send the delivery, so an attempt has to end before. */
const DELIVERY_LEASE_MS = 60_000

/**
 * Claims deliveries that are due, the oldest first. Other senders skip them until the claim is over, and may then send them again: a
 * receiver may get an event twice, and recognises it by the event's id. Disabled receivers get nothing.
 */
export async function claimDueDeliveries(
  ctx: Context,
  { owner, kinds, limit }: TakeDueDeliveries,
): Promise<readonly DueDelivery[]> {
  const { rows } = await sql<Row>`
    with due as (
      select delivery.id from event_delivery as delivery join event_receiver as receiver on receiver.id = delivery.receiver_id
      where delivery.state = 'pending' and delivery.try_after <= statement_timestamp()
        and receiver.disabled_at is null and receiver.kind = any (${[...kinds]}::text[])
      order by delivery.try_after limit ${limit} for update of delivery skip locked
    )
    update event_delivery as delivery set taken_by = ${owner}, attempts = attempts + 1,
      try_after = clock_timestamp() + ${DELIVERY_LEASE_MS} * interval '1 millisecond'
    from due, event, event_receiver as receiver
    where delivery.id = due.id and event.id = delivery.event_id and receiver.id = delivery.receiver_id
    returning delivery.id, attempts, receiver.id as "receiverId", kind, address, secret_reference as "secretReference",
      receiver.account_id as "receiverAccountId", event.id as "eventId", position, topic, event.account_id as "accountId",
      subject_id as "subjectId", data, occurred_at as "occurredAt"`.execute(ctx.db)
  return rows.toSorted((one, other) => (one.position < other.position ? -1 : 1)).map(toDelivery)
}

type Row = Omit<Event, 'id'> &
  Omit<Receiver, 'id' | 'accountId'> & {
    readonly id: string
    readonly attempts: number
    readonly receiverId: string
    readonly receiverAccountId: string | null
    readonly eventId: string
  }

function toDelivery(row: Row): DueDelivery {
  const { id, attempts, receiverId, receiverAccountId, kind, address, secretReference, eventId, ...event } =
    row
  return {
    id,
    attempts,
    receiver: { id: receiverId, kind, address, secretReference, accountId: receiverAccountId },
    event: { ...event, id: eventId } as Event,
  }
}
