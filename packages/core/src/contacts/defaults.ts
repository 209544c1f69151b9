import {
  type ContactHandles,
  type ContactRole,
  contactHandle,
  contactRoles,
  decideContact,
} from '@droplock/rules/contacts'
import type { RegistryContactState } from '@droplock/rules/machines/registry-contact'
import type { ContactDetails } from '@droplock/rules/ports/registry-objects'
import { sql, type Transaction } from 'kysely'
import { recordAudit } from '../audit/record.ts'
import { type Context, type OperatorContext, requirePermission, requireReason } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'
import { requireRegistryAccount } from '../registries/read.ts'
import { fileContactRequest } from '../registry-requests/file.ts'

type DefaultContact = DefaultContactRow & { readonly details: ContactDetails }

/**
 * The default contacts of a registry account as they were last set, with their state at the registry; empty where none were set.
 * Throws Refusal: forbidden, registry_account_not_found.
 */
export async function getDefaultContacts(
  ctx: OperatorContext,
  registryAccountId: string,
): Promise<readonly DefaultContact[]> {
  requirePermission(ctx, 'console:read')
  await requireRegistryAccount(ctx.db, registryAccountId)
  const defaults = await readDefaultContacts(ctx, registryAccountId)
  const ids = defaults.map(({ contactId }) => contactId)
  const { rows } = await sql<{ id: string; details: ContactDetails }>`
    select id, details from contact where id = any (${ids}::uuid[])`.execute(ctx.db)
  const detailsOf = new Map(rows.map(({ id, details }) => [id, details]))
  return contactRoles.flatMap((role) => {
    const one = defaults.find((each) => each.role === role)
    const details = one && detailsOf.get(one.contactId)
    return one === undefined || details === undefined ? [] : [{ ...one, details }]
  })
}

/** The default contact of a role at a registry account: the one that was last set, and the one that creates carry. */
export type DefaultContactRow = {
  readonly role: ContactRole
  readonly contactId: string
  readonly handle: string
  readonly state: RegistryContactState
  /** What the registry said if it refused it. */
  readonly answerCode: number | null
  readonly answerMessage: string | null
  readonly setAt: Date
  /** The newest that exists at the registry. Null: none, so nothing can be created in a zone that needs this role. */
  readonly handleInForce: string | null
}

/** The default contacts of a registry account; a role that was never set has no row. */
export async function readDefaultContacts(
  ctx: Pick<Context, 'db'>,
  registryAccountId: string,
): Promise<readonly DefaultContactRow[]> {
  const { rows } = await sql<DefaultContactRow>`
    select distinct on (role) role, contact_id as "contactId", handle, state, answer_code as "answerCode",
      answer_message as "answerMessage", set_at as "setAt", (
        select made.handle from default_contact as earlier
        join registry_contact as made using (contact_id, registry_account_id)
        where registry_account_id = ${registryAccountId} and earlier.role = default_contact.role and made.state = 'created'
        order by earlier.set_at desc limit 1) as "handleInForce"
    from default_contact join registry_contact using (contact_id, registry_account_id)
    where registry_account_id = ${registryAccountId}
    order by role, set_at desc`.execute(ctx.db)
  return rows
}

/** The contacts that creates of the account carry: for each role the newest that exists at the registry. */
export function handlesInForce(defaults: readonly DefaultContactRow[]): ContactHandles {
  const inForce = defaults.flatMap(({ role, handleInForce }) =>
    handleInForce === null ? [] : [[role, handleInForce] as const],
  )
  return Object.fromEntries(inForce)
}

/** To whom names are registered. A role that is left out has the registrant's contact. */
export type ContactSet = Readonly<Partial<Record<ContactRole, ContactDetails>>> & {
  readonly registrant: ContactDetails
}

type SetDefaultContacts = {
  readonly registryAccountId: string
  readonly contacts: ContactSet
  readonly reason: string
}

/**
 * Sets the contacts that the account's creates carry where an order has none of its own. The catcher creates them at the registry;
 * until then the previous ones stay in force. Registered names keep theirs. Throws Refusal: forbidden,
 * reason_required, invalid_contact, registry_account_not_found, try_again.
 */
export async function setDefaultContacts(ctx: OperatorContext, command: SetDefaultContacts): Promise<void> {
  requirePermission(ctx, 'registries:set')
  const reason = requireReason(command.reason)
  const { registryAccountId } = command
  const defaults = contactsByRole(ctx, command.contacts)
  const contacts = [...new Map(defaults.map((one) => [one.id, one])).values()]
  for (const { details } of contacts) decideContact(details)
  await inTransaction(ctx.db, async (tx) => {
    await requireRegistryAccount(tx, registryAccountId)
    const before = await readDefaultContacts({ db: tx }, registryAccountId)
    for (const contact of contacts) await insertContact(tx, ctx, registryAccountId, contact)
    await sql`
      insert into default_contact (registry_account_id, role, contact_id, set_at)
      select ${registryAccountId}, role, contact_id, at
      from unnest(${defaults.map(({ role }) => role)}::text[], ${defaults.map(({ id }) => id)}::uuid[])
        as default_of (role, contact_id), (select clock_timestamp() as at) as clock`.execute(tx)
    await recordAudit(tx, {
      by: ctx.actor,
      action: 'registry_account.contacts_set',
      subjectType: 'registry_account',
      subjectId: registryAccountId,
      reason,
      // Only their ids at the registry: the audit chain cannot be changed, so it must not hold personal data.
      before: Object.fromEntries(before.map(({ role, handle }) => [role, handle])),
      after: Object.fromEntries(defaults.map(({ role, id }) => [role, contactHandle(id, registryAccountId)])),
    })
  })
}

type NewContact = { readonly id: string; readonly details: ContactDetails }

/** Every role with its new contact; roles that are left out share the registrant's. */
function contactsByRole({ newId }: Context, contacts: ContactSet) {
  const registrant: NewContact = { id: newId(), details: contacts.registrant }
  return contactRoles.map((role) => {
    const own = role === 'registrant' ? undefined : contacts[role]
    return { role, ...(own === undefined ? registrant : { id: newId(), details: own }) }
  })
}

/** Writes a contact and requests it at the registry. */
async function insertContact(
  tx: Transaction<Database>,
  ctx: Context,
  registryAccountId: string,
  { id, details }: NewContact,
): Promise<void> {
  await sql`
    insert into contact (id, details, created_at)
    values (${id}, ${JSON.stringify(details)}::jsonb, clock_timestamp())`.execute(tx)
  await tx
    .insertInto('registry_contact')
    .values({
      contact_id: id,
      registry_account_id: registryAccountId,
      handle: contactHandle(id, registryAccountId),
      state: 'pending',
    })
    .execute()
  await fileContactRequest(tx, ctx, { contactId: id, registryAccountId })
}
