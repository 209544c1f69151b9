import type { AccountContext } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import { resumeReceiver } from '../deliveries/queue.ts'
import { publish } from '../events/publish.ts'
import { lockEndpoint, lockReceiverQueue, requireEnabled } from '../receiver-locks.ts'
import { requireEndpoints } from './read.ts'

/** What is sent to an endpoint, for `listDeliveries`. */
export type EndpointTest = { readonly eventId: string; readonly endpointId: string }

/**
 * Sends `webhook_endpoint.tested` to an endpoint, and to no other; one that fails is asked at once. Throws Refusal: insufficient_scope,
 * key_exceeds_own, webhook_endpoint_not_found, webhook_endpoint_disabled, try_again.
 */
export async function testEndpoint(ctx: AccountContext, id: string): Promise<EndpointTest> {
  requireEndpoints(ctx)
  const eventId = ctx.newId()
  return inTransaction(ctx.db, async (tx) => {
    requireEnabled(await lockEndpoint(tx, ctx.actor.accountId, id))
    await lockReceiverQueue(tx, id)
    await resumeReceiver(tx, id)
    await publish(tx, { ...ctx, newId: () => eventId }, 'webhook_endpoint.tested', id)
    return { eventId, endpointId: id }
  })
}
