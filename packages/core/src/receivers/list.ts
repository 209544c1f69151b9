import { type OperatorContext, requirePermission } from '../context.ts'
import type { Listed, Paging } from '../database/listed.ts'
import { readListed } from '../database/read-listed.ts'
import { type Receiver, selectReceivers, toReceiver } from './receiver-view.ts'

/** Where alarms are sent, the newest first; those that were disabled come last. Throws Refusal('forbidden'). */
export async function listReceivers(ctx: OperatorContext, page: Paging): Promise<Listed<Receiver>> {
  requirePermission(ctx, 'console:read')
  const sorted = selectReceivers(ctx)
    .orderBy('receiver.disabled_at', (order) => order.desc().nullsFirst())
    .orderBy('receiver.created_at', 'desc')
    .orderBy('receiver.id')
  return readListed(sorted, page, toReceiver)
}
