import type { PollMessage } from '@droplock/rules/ports/registry-objects'
import { sql } from 'kysely'
import type { Context } from './context.ts'

/**
 * Records a message of a registry's queue unchanged, whatever it is about. Call it before the message is acknowledged, as the registry
 * deletes it then. A message that is read again is not recorded twice.
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
