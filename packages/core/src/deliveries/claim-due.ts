import type { ReceiverKind } from '@droplock/rules/notifications'
import { sql } from 'kysely'
import type { Context } from '../context.ts'
import type { Event } from '../events/feed.ts'

/** Whom an event is sent to. */
type Receiver = {
  readonly id: string
  readonly kind: ReceiverKind
  /** A URL, or a mail address. */
  readonly address: string
  /** Where the secret that signs is found; mails have none. */
  readonly secretReference: string | null
  /** Given, the receiver is this account's. */
  readonly accountId: string | null
}

export type DueDelivery = {
  readonly id: string
  readonly receiver: Receiver
  readonly event: Event
  /** With this one. */
  readonly attempts: number
}

type TakeDueDeliveries = {
  /** The sender's own id, new at every start. */
  readonly owner: string
  /** The kinds that this sender can send; those of others wait, and lose no attempt. */
  readonly kinds: readonly ReceiverKind[]
  readonly limit: number
}

/** Taken for so long: a sender that has not said what became of it by then is followed by another. It has to give up before. */
const DELIVERY_LEASE_MS = 60_000

/**
 * Takes deliveries that are due, the longest due first. Others skip them until the lease is over; then whoever takes them sends
 * them again, so a receiver may get an event twice and tells by the event's id. Receivers that are disabled get nothing.
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
