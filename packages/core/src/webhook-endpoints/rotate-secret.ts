import { sql } from 'kysely'
import type { AccountContext } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockEndpoint } from '../receiver-locks.ts'
import type { NewSecret } from './create.ts'
import { getEndpoint, requireEndpoints, type WebhookEndpoint } from './read.ts'

type RotateSecret = {
  readonly id: string
  /** For how long the secret before is used beside the new one, at most `SECRET_OVERLAP_SECONDS_MAX`. */
  readonly overlapSeconds: number
  readonly secret: NewSecret
}

/**
 * Gives an endpoint a new secret. Until the overlap is over webhooks are signed with the one before as well; with no other: one before that
 * ends now. Throws Refusal: insufficient_scope, key_exceeds_own,
 * webhook_endpoint_not_found, try_again.
 */
export async function rotateSecret(
  ctx: AccountContext,
  { id, overlapSeconds, secret }: RotateSecret,
): Promise<WebhookEndpoint> {
  requireEndpoints(ctx)
  return inTransaction(ctx.db, async (tx) => {
    await lockEndpoint(tx, ctx.actor.accountId, id)
    const overlaps = overlapSeconds > 0
    await sql`
      update event_receiver set version = version + 1, secret_salt = ${Buffer.from(secret.salt)}, secret_key_id = ${secret.keyId},
        previous_secret_salt = case when ${overlaps} then secret_salt end,
        previous_secret_key_id = case when ${overlaps} then nullif(secret_key_id, ${secret.keyId}) end,
        previous_secret_until = case when ${overlaps} then clock_timestamp() + ${overlapSeconds} * interval '1 second' end
      where id = ${id}`.execute(tx)
    return getEndpoint({ ...ctx, db: tx }, id)
  })
}
