import { decideContact } from '@droplock/rules/contacts'
import type { ContactDetails } from '@droplock/rules/ports/registry-objects'
import { decidePrecondition, type Precondition } from '@droplock/rules/preconditions'
import { Refusal } from '@droplock/rules/refusals'
import { sql, type Transaction } from 'kysely'
import { type AccountContext, requireScope } from '../context.ts'
import { violated } from '../database/errors.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { type AccountContactView, contactNotFound, readContact } from './read.ts'

type WriteContact = {
  readonly details: ContactDetails
  /** Orders that name no contact have this one from now on. */
  readonly isDefault: boolean
}

/** An edit of one of the caller's contacts. */
type Edit = { readonly id: string; readonly precondition: Precondition }

/**
 * Creates a contact of the caller's. It is made at a registry when an order or a change needs it there. Throws Refusal:
 * insufficient_scope, invalid_contact, try_again (another request makes another default).
 */
export async function createContact(
  ctx: AccountContext,
  { details, isDefault }: WriteContact,
): Promise<AccountContactView> {
  requireScope(ctx, 'contacts:write')
  decideContact(details)
  return write(ctx, async (tx) => {
    const id = ctx.newId()
    const now = await databaseTime(tx)
    if (isDefault) await unsetDefault(tx, ctx)
    await tx
      .insertInto('account_contact')
      .values({
        id,
        account_id: ctx.actor.accountId,
        is_default: isDefault,
        created_at: now,
        updated_at: now,
      })
      .execute()
    await insertVersion(tx, ctx, id, 1, details)
    return id
  })
}

/**
 * Changes a contact of the caller's: other details are a new version. What was ordered keeps the version that it named, and registered
 * names keep theirs until their contacts are changed. Throws Refusal: insufficient_scope, invalid_contact, contact_not_found, precondition_failed, try_again.
 */
export async function changeContact(
  ctx: AccountContext,
  { id, details, isDefault, precondition }: WriteContact & Edit,
): Promise<AccountContactView> {
  requireScope(ctx, 'contacts:write')
  decideContact(details)
  return write(ctx, async (tx) => {
    const latest = await lockLatest(tx, ctx, id)
    decidePrecondition(precondition, latest.editVersion)
    if (isDefault && !latest.isDefault) await unsetDefault(tx, ctx)
    await tx
      .updateTable('account_contact')
      .set({ is_default: isDefault, updated_at: await databaseTime(tx), version: latest.editVersion + 1 })
      .where('id', '=', id)
      .execute()
    const { rows } = await sql<{ isSame: boolean }>`
      select details = ${JSON.stringify(details)}::jsonb as "isSame" from contact where id = ${latest.contactId}`.execute(
      tx,
    )
    if (rows[0]?.isSame !== true) await insertVersion(tx, ctx, id, latest.version + 1, details)
    return id
  })
}

/**
 * Deletes a contact of the caller's and erases its details; what registries have of it stays there. Throws Refusal: insufficient_scope,
 * contact_not_found, contact_in_use, precondition_failed.
 */
export async function deleteContact(ctx: AccountContext, { id, precondition }: Edit): Promise<void> {
  requireScope(ctx, 'contacts:write')
  await inTransaction(ctx.db, async (tx) => {
    const { editVersion } = await lockLatest(tx, ctx, id)
    decidePrecondition(precondition, editVersion)
    // An order that names it waits here, or is seen below.
    await sql`select from contact where account_contact_id = ${id} order by id for update`.execute(tx)
    if (await isInUse(tx, id)) throw new Refusal('contact_in_use', 'The contact is in use.', { id })
    await sql`update contact set details = null where account_contact_id = ${id}`.execute(tx)
    await tx
      .updateTable('account_contact')
      .set({ deleted_at: await databaseTime(tx) })
      .where('id', '=', id)
      .execute()
  })
}

async function write(
  ctx: AccountContext,
  work: (tx: Transaction<Database>) => Promise<string>,
): Promise<AccountContactView> {
  try {
    return await inTransaction(ctx.db, async (tx) => readContact({ ...ctx, db: tx }, await work(tx)))
  } catch (error) {
    if (!violated(error, 'one_default_contact_per_account')) throw error
    throw new Refusal('try_again', 'Another request has just set the default contact.')
  }
}

async function unsetDefault(tx: Transaction<Database>, { actor }: AccountContext): Promise<void> {
  await tx
    .updateTable('account_contact')
    .set({ is_default: false, version: sql<number>`version + 1` })
    .where('account_id', '=', actor.accountId)
    .where('is_default', '=', true)
    .execute()
}

async function insertVersion(
  tx: Transaction<Database>,
  ctx: AccountContext,
  accountContactId: string,
  version: number,
  details: ContactDetails,
): Promise<void> {
  await sql`
    insert into contact (id, account_id, account_contact_id, version, details, created_at)
    values (${ctx.newId()}, ${ctx.actor.accountId}, ${accountContactId}, ${version}, ${JSON.stringify(details)}::jsonb,
      clock_timestamp())`.execute(tx)
}

async function lockLatest(tx: Transaction<Database>, { actor }: AccountContext, id: string) {
  const locked = await tx
    .selectFrom('account_contact')
    .select('id')
    .where('id', '=', id)
    .where('account_id', '=', actor.accountId)
    .where('deleted_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (locked === undefined) throw contactNotFound(id)
  const { rows } = await sql<{ contactId: string; version: number; isDefault: boolean; editVersion: number }>`
    select contact.id as "contactId", contact.version, is_default as "isDefault", account_contact.version as "editVersion"
    from account_contact join contact on account_contact_id = account_contact.id
    where account_contact.id = ${id} order by contact.version desc limit 1`.execute(tx)
  const [latest] = rows
  if (latest === undefined) throw contactNotFound(id)
  return latest
}

async function isInUse(tx: Transaction<Database>, id: string): Promise<boolean> {
  const { rows } = await sql<{ isInUse: boolean }>`
    with version as (select id from contact where account_contact_id = ${id}),
      handle as (select registry_account_id, handle from registry_contact join version on version.id = contact_id)
    select exists (select from account_contact where id = ${id} and is_default)
      or exists (select from backorder join version on version.id in (registrant_id, admin_id, tech_id, billing_id)
        where backorder.state in ('pending_payment', 'backordered', 'registering') and registrant_id is not null)
      or exists (select from registration_request, version
        where registration_request.account_id = (select account_id from account_contact where id = ${id})
          and kind = 'contacts' and state in ('queued', 'processing') and wanted::text like '%' || version.id || '%')
      or exists (select from registration join backorder on backorder.id = registration.backorder_id
        where registration.account_id = (select account_id from account_contact where id = ${id}) and ended_at is null
          and case when registration.contacts is null then
            exists (select from version where version.id in (registrant_id, admin_id, tech_id, billing_id))
          else exists (select from handle where handle.registry_account_id = registration.registry_account_id
            and handle.handle in (select value from jsonb_each_text(registration.contacts))) end) as "isInUse"`.execute(
    tx,
  )
  return rows[0]?.isInUse !== false
}
