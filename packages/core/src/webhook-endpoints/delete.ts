import { sql } from 'kysely'
import type { AccountContext } from '../context.ts'
import { noteWork } from '../database/note-work.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockEndpoint } from '../receiver-locks.ts'
import { requireEndpoints } from './read.ts'

/**
 * Deletes an endpoint, for good and at once: nothing more is sent to it, and what is on its way is given up. Throws Refusal:
 * insufficient_scope, key_exceeds_own, webhook_endpoint_not_found, try_again.
 */
export async function deleteEndpoint(ctx: AccountContext, id: string): Promise<void> {
  requireEndpoints(ctx)
  await inTransaction(ctx.db, async (tx) => {
    await lockEndpoint(tx, ctx.actor.accountId, id)
    await sql`
      update event_receiver set deleted_at = clock_timestamp(), version = version + 1,
        disabled_at = coalesce(disabled_at, clock_timestamp()), disabled_reason = coalesce(disabled_reason, 'requested')
      where id = ${id}`.execute(tx)
    noteWork(tx)
  })
}
