import { type DeliveryState, deliveryMachine } from '@droplock/rules/machines/delivery'
import { next } from '@droplock/rules/machines/machine'
import { sql, type Transaction } from 'kysely'
import { changeWithAudit } from '../audit/change.ts'
import type { AccountContext, OperatorContext } from '../context.ts'
import { noteWork } from '../database/note-work.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'
import { arrange, isTaken, resumeReceiver } from '../deliveries/queue.ts'
import { lockEndpoint, lockReceiverQueue, requireEnabled } from '../receiver-locks.ts'
import { type EndpointDelivery, noDelivery, readDelivery } from './list-deliveries.ts'
import { requireEndpoints } from './read.ts'

/**
 * Sends a delivery again, with all its attempts, whether it failed, was delivered or is on its way; one behind an earlier event about the
 * same subject waits for that. An endpoint that fails is asked at once. Throws Refusal: insufficient_scope, key_exceeds_own,
 * webhook_endpoint_not_found, webhook_delivery_not_found, webhook_endpoint_disabled, try_again.
 */
export async function retryDelivery(
  ctx: AccountContext,
  endpointId: string,
  deliveryId: string,
): Promise<EndpointDelivery> {
  requireEndpoints(ctx)
  return inTransaction(ctx.db, async (tx) => {
    await retry(tx, ctx.actor.accountId, endpointId, deliveryId)
    return readDelivery({ db: tx }, endpointId, deliveryId)
  })
}

type RetryAccountDelivery = {
  readonly accountId: string
  readonly endpointId: string
  readonly deliveryId: string
  readonly reason: string
}

/**
 * The same by an operator, for the account. Throws Refusal: forbidden, reason_required, webhook_endpoint_not_found,
 * webhook_delivery_not_found, webhook_endpoint_disabled, try_again.
 */
export async function retryAccountDelivery(
  ctx: OperatorContext,
  { accountId, endpointId, deliveryId, reason }: RetryAccountDelivery,
): Promise<EndpointDelivery> {
  const subject = ['webhook_endpoint', endpointId] as const
  await changeWithAudit(ctx, { permission: 'webhooks:replay', subject, reason }, async (tx) => {
    const before = await retry(tx, accountId, endpointId, deliveryId)
    return {
      action: 'webhook_endpoint.delivery_retried',
      before: { account_id: accountId, delivery_id: deliveryId, state: before },
      after: { state: 'pending' },
    }
  })
  return readDelivery(ctx, endpointId, deliveryId)
}

/** Returns the state before. */
async function retry(
  tx: Transaction<Database>,
  accountId: string,
  endpointId: string,
  deliveryId: string,
): Promise<DeliveryState> {
  const endpoint = await lockEndpoint(tx, accountId, endpointId)
  await lockReceiverQueue(tx, endpointId)
  const delivery = await tx
    .selectFrom('event_delivery')
    .selectAll()
    .where('id', '=', deliveryId)
    .where('receiver_id', '=', endpointId)
    .executeTakeFirst()
  if (delivery === undefined) throw noDelivery(deliveryId)
  requireEnabled(endpoint)
  const state = delivery.state === 'pending' ? 'pending' : next(deliveryMachine, delivery.state, 'retry')
  await sql`
    update event_delivery set state = ${state}, decided_at = null, attempts = 0, first_tried_at = null, taken_by = null,
      try_after = clock_timestamp()
    where id = ${deliveryId} and not (${isTaken})`.execute(tx)
  await arrange(tx, endpointId, [delivery.subject_id])
  await resumeReceiver(tx, endpointId)
  noteWork(tx)
  return delivery.state
}
