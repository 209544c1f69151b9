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
 * The default contacts of a registry account as they were set last, and what became of them at the registry; empty while nobody has
 * set any. Throws Refusal: forbidden, registry_account_not_found.
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

/** One role's default contact at a registry account: the one that was set last, and the one that creates carry. */
export type DefaultContactRow = {
  readonly role: ContactRole
  readonly contactId: string
  readonly handle: string
  readonly state: RegistryContactState
  /** What the registry said where it refused it. */
  readonly answerCode: number | null
  readonly answerMessage: string | null
  readonly setAt: Date
  /** The newest that is at the registry. Null: none, and nothing can be created where the zone wants this role. */
  readonly handleInForce: string | null
}

/** The default contacts of a registry account; a role that nobody set has no row. */
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

/** What creates of the account carry: of each role the newest contact that is at the registry. */
export function handlesInForce(defaults: readonly DefaultContactRow[]): ContactHandles {
  const inForce = defaults.flatMap(({ role, handleInForce }) =>
    handleInForce === null ? [] : [[role, handleInForce] as const],
  )
  return Object.fromEntries(inForce)
}

/** Whom names are registered to. A role that is left out is the registrant's. */
export type ContactSet = Readonly<Partial<Record<ContactRole, ContactDetails>>> & {
  readonly registrant: ContactDetails
}

type SetDefaultContacts = {
  readonly registryAccountId: string
  readonly contacts: ContactSet
  readonly reason: string
}

/**
 * Sets the contacts that the account's creates carry where an order has none of its own. The catcher makes them at the registry;
 * until it has, those before them stay in force. Names that are registered keep theirs. Throws Refusal: forbidden,
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
      // By their ids at the registry: a chain that nobody can change is no place for personal data.
      before: Object.fromEntries(before.map(({ role, handle }) => [role, handle])),
      after: Object.fromEntries(defaults.map(({ role, id }) => [role, contactHandle(id)])),
    })
  })
}

type NewContact = { readonly id: string; readonly details: ContactDetails }

/** Every role with its new contact; those that are left out share the registrant's. */
function contactsByRole({ newId }: Context, contacts: ContactSet) {
  const registrant: NewContact = { id: newId(), details: contacts.registrant }
  return contactRoles.map((role) => {
    const own = role === 'registrant' ? undefined : contacts[role]
    return { role, ...(own === undefined ? registrant : { id: newId(), details: own }) }
  })
}

/** An operator's own contact, and what is asked of the registry for it. */
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
      handle: contactHandle(id),
      state: 'pending',
    })
    .execute()
  await fileContactRequest(tx, ctx, { contactId: id, registryAccountId })
}
