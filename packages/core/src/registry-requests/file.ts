import { sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'

/** Requests a contact at the registry, in the transaction that needs it; the registry account's catcher creates it. */
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

/** Requests a renewal at the registry, in the transaction that pays it; the registry account's catcher carries it out. */
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
