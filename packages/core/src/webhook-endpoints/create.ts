import { type AccountTopic, ENDPOINTS_MAX } from '@droplock/rules/events'
import { Refusal } from '@droplock/rules/refusals'
import { sql, type Transaction } from 'kysely'
import type { AccountContext } from '../context.ts'
import { violated } from '../database/errors.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockAccount } from '../locks.ts'
import { getEndpoint, requireEndpoints, type WebhookEndpoint } from './read.ts'

/** From what the secret of an endpoint is derived: a new salt, and the id of the key (`WebhookSecretKey`). */
export type NewSecret = { readonly salt: Uint8Array; readonly keyId: string }

type CreateEndpoint = {
  /** That webhooks may be sent there was decided by the caller. */
  readonly url: string
  /** Left out: every topic, future ones too. */
  readonly topics?: readonly AccountTopic[] | undefined
  readonly description?: string | undefined
  readonly secret: NewSecret
}

/**
 * Adds an endpoint of the account, which gets what happens from now on. Throws Refusal: insufficient_scope, key_exceeds_own,
 * webhook_endpoint_limit_reached, webhook_endpoint_exists, try_again.
 */
export async function createEndpoint(
  ctx: AccountContext,
  endpoint: CreateEndpoint,
): Promise<WebhookEndpoint> {
  requireEndpoints(ctx)
  const { url, topics, description, secret } = endpoint
  return inTransaction(ctx.db, async (tx) => {
    await requireRoom(tx, ctx)
    const id = ctx.newId()
    await tx
      .insertInto('event_receiver')
      .values({
        id,
        kind: 'webhook',
        account_id: ctx.actor.accountId,
        address: url,
        topics: topics === undefined ? null : [...topics],
        description: description ?? null,
        secret_salt: Buffer.from(secret.salt),
        secret_key_id: secret.keyId,
      })
      .execute()
    return getEndpoint({ ...ctx, db: tx }, id)
  }).catch(refuseSecondUrl)
}

/** Throws Refusal('webhook_endpoint_exists') where another enabled endpoint has the URL; otherwise the error itself. */
export function refuseSecondUrl(error: unknown): never {
  if (!violated(error, 'one_live_receiver_per_address')) throw error
  throw new Refusal('webhook_endpoint_exists', 'Another enabled webhook endpoint has this URL.')
}

/** Locks the account, so that simultaneous requests cannot exceed the limit together. */
async function requireRoom(tx: Transaction<Database>, { actor }: AccountContext): Promise<void> {
  await lockAccount(tx, actor.accountId)
  const { rows } = await sql<{ endpoints: bigint }>`
    select count(*) as endpoints from event_receiver
    where account_id = ${actor.accountId} and kind = 'webhook' and deleted_at is null`.execute(tx)
  if ((rows[0]?.endpoints ?? 0n) < ENDPOINTS_MAX) return
  throw new Refusal('webhook_endpoint_limit_reached', 'Delete a webhook endpoint first.', {
    endpoints_max: ENDPOINTS_MAX,
  })
}
