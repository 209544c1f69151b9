import type { AccountTopic } from '@droplock/rules/events'
import { decidePrecondition, type Precondition } from '@droplock/rules/preconditions'
import { type Selectable, sql, type Transaction } from 'kysely'
import type { AccountContext } from '../context.ts'
import { noteWork } from '../database/note-work.ts'
import type { Database, EventReceiverTable } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { arrange, releaseBacklog, resumeReceiver } from '../deliveries/queue.ts'
import { lockEndpoint, lockReceiverQueue } from '../receiver-locks.ts'
import { refuseSecondUrl } from './create.ts'
import { getEndpoint, requireEndpoints, type WebhookEndpoint } from './read.ts'

type ChangeEndpoint = {
  readonly id: string
  /** That webhooks may be sent there was decided by the caller. */
  readonly url?: string | undefined
  /** Null: every topic, future ones too. */
  readonly topics?: readonly AccountTopic[] | null | undefined
  readonly description?: string | null | undefined
  readonly enabled?: boolean | undefined
  readonly precondition: Precondition
}

/**
 * Changes an endpoint; what is left out stays. One that is enabled again gets what happens from then on, and is not failing any more; one
 * that is disabled gets nothing, and what is on its way is given up. Throws Refusal: insufficient_scope, key_exceeds_own,
 * webhook_endpoint_not_found, webhook_endpoint_exists, precondition_failed, try_again.
 */
export async function changeEndpoint(ctx: AccountContext, change: ChangeEndpoint): Promise<WebhookEndpoint> {
  requireEndpoints(ctx)
  const { id } = change
  return inTransaction(ctx.db, async (tx) => {
    const endpoint = await lockEndpoint(tx, ctx.actor.accountId, id)
    decidePrecondition(change.precondition, endpoint.version)
    await tx
      .updateTable('event_receiver')
      .set({
        ...(change.url !== undefined && { address: change.url }),
        ...(change.topics !== undefined && { topics: change.topics === null ? null : [...change.topics] }),
        ...(change.description !== undefined && { description: change.description }),
        ...(await disabling(tx, endpoint, change.enabled)),
        version: endpoint.version + 1,
      })
      .where('id', '=', id)
      .execute()
    if (change.enabled === true && endpoint.disabled_at !== null) await resume(tx, id)
    noteWork(tx)
    return getEndpoint({ ...ctx, db: tx }, id)
  }).catch(refuseSecondUrl)
}

async function disabling(
  tx: Transaction<Database>,
  { disabled_at: disabledAt }: Selectable<EventReceiverTable>,
  enabled: boolean | undefined,
) {
  if (enabled === true) return { disabled_at: null, disabled_reason: null }
  if (enabled === undefined || disabledAt !== null) return {}
  return { disabled_at: await databaseTime(tx), disabled_reason: 'requested' } as const
}

/** What no worker has given up yet is sent after all. */
async function resume(tx: Transaction<Database>, id: string): Promise<void> {
  await lockReceiverQueue(tx, id)
  await sql`update receiver_queue set failures = 0, failing_since = null, not_before = null where receiver_id = ${id}`.execute(
    tx,
  )
  await arrange(tx, id)
  await releaseBacklog(tx, id)
  await resumeReceiver(tx, id)
}
