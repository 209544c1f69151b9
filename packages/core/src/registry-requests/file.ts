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

type Change = { readonly id: string; readonly registrationId: string }

/** Requests a change of a registration at the registry, in the transaction that its holder requests it in. */
export async function fileChangeRequest(
  tx: Transaction<Database>,
  ctx: Context,
  change: Change,
  now: Date,
): Promise<void> {
  await fileForRegistration(tx, ctx, 'registration_change', change, now)
}

/** Requests that an auth code is replaced by an unknown one at `validUntil`. */
export async function fileAuthCodeUnset(
  tx: Transaction<Database>,
  ctx: Context,
  change: Change,
  validUntil: Date,
): Promise<void> {
  await fileForRegistration(tx, ctx, 'auth_code_unset', change, validUntil)
}

async function fileForRegistration(
  tx: Transaction<Database>,
  ctx: Context,
  kind: 'registration_change' | 'auth_code_unset',
  { id, registrationId }: Change,
  dueAt: Date,
): Promise<void> {
  await sql`
    insert into registry_request (id, registry_account_id, kind, registration_request_id, state, created_at, try_after)
    select ${ctx.newId()}, registry_account_id, ${kind}, ${id}, 'waiting', clock_timestamp(), ${dueAt}
    from registration where id = ${registrationId}`.execute(tx)
}

/** Requests the deletion of a registration that nobody renewed. */
export async function fileDeletion(
  tx: Transaction<Database>,
  ctx: Context,
  registrationId: string,
  now: Date,
): Promise<void> {
  await sql`
    insert into registry_request (id, registry_account_id, kind, registration_id, state, created_at, try_after)
    select ${ctx.newId()}, registry_account_id, 'delete', id, 'waiting', ${now}, ${now}
    from registration where id = ${registrationId}`.execute(tx)
}
