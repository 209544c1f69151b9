import type { ReceiverKind } from '@droplock/rules/notifications'
import { type RawBuilder, sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'
import type { Event } from '../events/feed.ts'
import { atOnceMax, isTaken, nextDue } from './queue.ts'

/** From what a secret of an account's endpoint is derived (ADR 29). */
type EndpointSecret = { readonly keyId: string; readonly salt: Uint8Array }

/** Where an event is sent. */
type Receiver = {
  readonly id: string
  readonly kind: ReceiverKind
  /** A URL, or a mail address. */
  readonly address: string
  /** The name of the secret that signs; mails and accounts' endpoints have none. */
  readonly secretReference: string | null
  /** Of an account's endpoint: the newest first, then the one before while it is still valid. */
  readonly secrets: readonly EndpointSecret[] | null
  /** The account whose receiver it is; null: the operators'. */
  readonly accountId: string | null
}

export type DueDelivery = {
  readonly id: string
  readonly receiver: Receiver
  readonly event: Event
  /** Including this one. */
  readonly attempts: number
  /** The receiver's last attempt failed. */
  readonly isProbe: boolean
}

type TakeDueDeliveries = {
  /** The sender's id, new at every start. */
  readonly owner: string
  /** The kinds that this sender can send; other kinds wait and lose no attempt. */
  readonly kinds: readonly ReceiverKind[]
  /** Whether it can sign for accounts' endpoints. Left out: it can. */
  readonly signsForAccounts?: boolean
  readonly limit: number
  /** Of these, to receivers whose last attempt failed: they may keep a sender waiting. Left out: as many. */
  readonly failingLimit?: number
}

/** How long a claim lasts: after it another sender may send the delivery, so an attempt has to end before. */
const DELIVERY_LEASE_MS = 60_000

/**
 * Claims deliveries that are due: of the receivers that have waited longest, and of one receiver no more than may be sent to it at the
 * same time. Events about one subject are claimed in the order of their positions, each when the one before was delivered or given up.
 * Other senders skip what is claimed until the claim is over, and may then send it again: a receiver may get an event twice, and
 * recognises it by the event's id. Disabled receivers get nothing.
 *
 * By receiver and not by delivery: 1,000,000 deliveries that wait for receivers that do not answer are not looked at.
 */
export async function claimDueDeliveries(
  ctx: Context,
  take: TakeDueDeliveries,
): Promise<readonly DueDelivery[]> {
  return inTransaction(ctx.db, async (tx) => {
    const receiverIds = await lockDueReceivers(tx, take)
    if (receiverIds.length === 0) return []
    const claimed = await claim(tx, receiverIds, take)
    const due = nextDue(sql.ref('queue.receiver_id'), sql.ref('queue.failures'), sql.ref('queue.not_before'))
    await sql`update receiver_queue as queue set due_at = ${due} where receiver_id = any (${receiverIds}::uuid[])`.execute(
      tx,
    )
    return claimed.toSorted((one, other) => (one.position < other.position ? -1 : 1)).map(toDelivery)
  })
}

async function lockDueReceivers(
  tx: Transaction<Database>,
  { kinds, signsForAccounts = true, limit, failingLimit = limit }: TakeDueDeliveries,
): Promise<readonly string[]> {
  const due = (condition: RawBuilder<unknown>, atMost: number) => sql`
    select queue.receiver_id from receiver_queue as queue join event_receiver as receiver on receiver.id = queue.receiver_id
    where ${condition} and queue.recover_since is null and queue.due_at <= statement_timestamp()
      and receiver.disabled_at is null and receiver.kind = any (${[...kinds]}::text[])
      and (receiver.secret_salt is null or ${signsForAccounts})
    order by queue.due_at limit ${atMost} for no key update of queue skip locked`
  const { rows } = await sql<{ receiver_id: string }>`
    with answering as (${due(sql`queue.failures = 0`, limit)}),
      failing as (${due(sql`queue.failures > 0`, Math.min(failingLimit, limit))})
    select receiver_id from answering union all select receiver_id from failing`.execute(tx)
  return rows.map(({ receiver_id }) => receiver_id)
}

async function claim(
  tx: Transaction<Database>,
  receiverIds: readonly string[],
  { owner, limit }: TakeDueDeliveries,
): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    with next as (
      select delivery.id, failures
      from receiver_queue as queue cross join lateral (
        select id, try_after, row_number() over (order by try_after) as place from (
          select id, try_after from event_delivery
          where receiver_id = queue.receiver_id and state = 'pending' and not waits
            and (try_after <= statement_timestamp() or (queue.not_before is not null and taken_by is null))
          order by try_after limit greatest(0, ${atOnceMax(sql.ref('queue.failures'))}
            - (select count(*) from event_delivery where receiver_id = queue.receiver_id and ${isTaken}))) as first
      ) as delivery
      where queue.receiver_id = any (${[...receiverIds]}::uuid[])
      order by delivery.place, queue.due_at limit ${limit}
    )
    update event_delivery as delivery set taken_by = ${owner}, attempts = attempts + 1,
      first_tried_at = coalesce(first_tried_at, clock_timestamp()),
      try_after = clock_timestamp() + ${DELIVERY_LEASE_MS} * interval '1 millisecond'
    from next, event, event_receiver as receiver
    where delivery.id = next.id and delivery.state = 'pending' and event.id = delivery.event_id
      and receiver.id = delivery.receiver_id
    returning delivery.id, attempts, next.failures, receiver.id as "receiverId", kind, address,
      secret_reference as "secretReference", secret_key_id as "keyId", secret_salt as salt,
      case when previous_secret_until > clock_timestamp() then previous_secret_salt end as "previousSalt",
      coalesce(previous_secret_key_id, secret_key_id) as "previousKeyId",
      receiver.account_id as "receiverAccountId", event.id as "eventId", event.position, topic, event.account_id as "accountId",
      event.subject_id as "subjectId", data, occurred_at as "occurredAt"`.execute(tx)
  return rows
}

type Row = Omit<Event, 'id'> &
  Pick<Receiver, 'kind' | 'address' | 'secretReference'> & {
    readonly id: string
    readonly attempts: number
    readonly failures: number
    readonly receiverId: string
    readonly receiverAccountId: string | null
    readonly eventId: string
    readonly keyId: string | null
    readonly salt: Buffer | null
    readonly previousSalt: Buffer | null
    readonly previousKeyId: string | null
  }

function toDelivery(row: Row): DueDelivery {
  const { id, attempts, failures, receiverId, receiverAccountId, kind, address, secretReference, ...rest } =
    row
  const { keyId, salt, previousKeyId, previousSalt, eventId, ...event } = rest
  const derived = [...secretOf(keyId, salt), ...secretOf(previousKeyId, previousSalt)]
  const secrets = derived.length === 0 ? null : derived
  return {
    id,
    attempts,
    isProbe: failures > 0,
    receiver: { id: receiverId, kind, address, secretReference, secrets, accountId: receiverAccountId },
    event: { ...event, id: eventId } as Event,
  }
}

function secretOf(keyId: string | null, salt: Buffer | null): readonly EndpointSecret[] {
  return keyId === null || salt === null ? [] : [{ keyId, salt }]
}
