import type { PollMessage } from '@droplock/rules/ports/registry-objects'
import { sql } from 'kysely'
import type { Context } from './context.ts'

/**
 * Keeps a message of a registry's queue as it came, whatever it is about. To be done before it is acknowledged: the registry forgets
 * it then. One that is read again is there already.
 */
export async function recordMessage(
  ctx: Pick<Context, 'db'>,
  registryAccountId: string,
  message: PollMessage,
): Promise<void> {
  const { id, queuedAt = null, text, pendingAction, transfer, evidence } = message
  const about = pendingAction?.name ?? transfer?.name ?? message.about ?? null
  await sql`
    insert into registry_message (registry_account_id, message_id, queued_at, received_at, text, about, evidence)
    values (${registryAccountId}, ${id}, ${queuedAt}, statement_timestamp(), ${text}, ${about}, ${evidence})
    on conflict on constraint one_row_per_registry_message do nothing`.execute(ctx.db)
}
