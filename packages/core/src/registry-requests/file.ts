import { sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'

/** Asks the catcher of the registry account to make a contact there: in the transaction that needs it. */
export async function fileContactRequest(
  tx: Transaction<Database>,
  ctx: Context,
  contact: { readonly contactId: string; readonly registryAccountId: string },
): Promise<void> {
  await sql`
    insert into registry_request (id, registry_account_id, kind, contact_id, state, created_at, try_after)
    select ${ctx.newId()}, ${contact.registryAccountId}, 'contact_create', ${contact.contactId}, 'waiting', now, now
    from (select clock_timestamp() as now) as clock`.execute(tx)
}

/** Asks the catcher of the registry account to carry out a paid renewal: in the transaction that pays it. */
export async function fileRenewRequest(
  tx: Transaction<Database>,
  ctx: Context,
  renewal: { readonly id: string; readonly registrationId: string },
  now: Date,
): Promise<void> {
  await sql`
    insert into registry_request (id, registry_account_id, kind, renewal_id, state, created_at, try_after)
    select ${ctx.newId()}, registry_account_id, 'renew', ${renewal.id}, 'waiting', ${now}, ${now}
    from registration where id = ${renewal.registrationId}`.execute(tx)
}
