import { Refusal } from '@droplock/rules/refusals'
import type { Transaction } from 'kysely'
import type { Database } from './database/tables.gen.ts'

// The locks of receivers of events, which transactions wait for: the part of `locks.ts` from event receiver to event delivery.

/** An operators' receiver that is not disabled, locked. Throws Refusal: receiver_not_found, receiver_disabled. */
export async function lockLiveReceiver(tx: Transaction<Database>, id: string) {
  const receiver = await tx
    .selectFrom('event_receiver')
    .select(['kind', 'address', 'topics', 'alarm_kinds', 'secret_reference', 'disabled_at', 'version'])
    .where('id', '=', id)
    .where('account_id', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (receiver === undefined) throw new Refusal('receiver_not_found', 'No such receiver.', { id })
  const { disabled_at: disabledAt, ...live } = receiver
  if (disabledAt !== null) throw new Refusal('receiver_disabled', 'It was disabled before.')
  return live
}

/** Not FOR UPDATE, for which planning deliveries would wait. */
export function lockReceivers(tx: Transaction<Database>, ids: readonly string[]) {
  return tx
    .selectFrom('event_receiver')
    .select(['id', 'kind', 'address', 'account_id', 'disabled_at'])
    .where('id', 'in', ids)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
}

/** An account's webhook endpoint that is not deleted, locked. Throws Refusal('webhook_endpoint_not_found'). */
export async function lockEndpoint(tx: Transaction<Database>, accountId: string, id: string) {
  const endpoint = await tx
    .selectFrom('event_receiver')
    .selectAll()
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .where('kind', '=', 'webhook')
    .where('deleted_at', 'is', null)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (endpoint !== undefined) return endpoint
  throw new Refusal('webhook_endpoint_not_found', 'No such webhook endpoint.', { id })
}

/** Of a locked endpoint. Throws Refusal('webhook_endpoint_disabled'). */
export function requireEnabled(endpoint: { readonly disabled_at: Date | null }): void {
  if (endpoint.disabled_at === null) return
  throw new Refusal('webhook_endpoint_disabled', 'Nothing is sent to it. Enable it first.')
}

/**
 * What is on its way to a receiver, locked: nobody plans, claims or records a delivery to it meanwhile. Made where there is none. A
 * statement after this one sees the deliveries as they are.
 */
export async function lockReceiverQueue(tx: Transaction<Database>, receiverId: string) {
  const locking = tx
    .selectFrom('receiver_queue')
    .selectAll()
    .where('receiver_id', '=', receiverId)
    .forNoKeyUpdate()
  const queue = await locking.executeTakeFirst()
  if (queue !== undefined) return queue
  await tx
    .insertInto('receiver_queue')
    .values({ receiver_id: receiverId })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return locking.executeTakeFirstOrThrow()
}
