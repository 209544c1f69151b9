import type { ContactHandles, ContactRole } from '@droplock/rules/contacts'
import { Refusal } from '@droplock/rules/refusals'
import { type RawBuilder, sql } from 'kysely'
import type { AccountContext } from '../context.ts'

/** The contacts that an order names, by their ids: `contactId` for every role that has no other. */
export type NamedContacts = {
  readonly contactId?: string
  readonly roleContacts?: { readonly [Role in Exclude<ContactRole, 'registrant'>]?: string | undefined }
}

/** The versions of contacts that an order is to be registered to; absent where it names none. */
export type OrderContacts = { readonly [Role in ContactRole]?: string | undefined }

/** The columns of `backorder`, in the order of `contactValues`. */
const columns = { registrant: 'registrant_id', admin: 'admin_id', tech: 'tech_id', billing: 'billing_id' }

export const contactColumns: RawBuilder<unknown> = sql.join(
  Object.values(columns).map((name) => sql.ref(name)),
)

/** An order that names no contact has the account's default as it is now; where there is none it has no contacts. */
export function contactValues(accountId: string, { registrant, admin, tech, billing }: OrderContacts) {
  const others = [admin, tech, billing].map((id) => sql`${id ?? null}::uuid`)
  return sql`coalesce(${registrant ?? null}::uuid, (select contact.id from account_contact
      join contact on contact.account_contact_id = account_contact.id
      where account_contact.account_id = ${accountId}::uuid and is_default order by contact.version desc limit 1)), ${sql.join(others)}`
}

/** Those of an expired order, `backorderId`, that another one stands for. */
export function contactValuesOf(backorderId: string): RawBuilder<unknown> {
  return sql.join(
    Object.values(columns).map(
      (name) => sql`(select ${sql.ref(name)} from backorder where id = ${backorderId})`,
    ),
  )
}

/** Where a body names the contact of a role (RFC 6901). */
const pointers: Readonly<Record<ContactRole, string>> = {
  registrant: '/contact_id',
  admin: '/role_contacts/admin',
  tech: '/role_contacts/tech',
  billing: '/role_contacts/billing',
}

/** The latest versions of the contacts that the caller names. Throws Refusal('contact_not_found'). */
export async function findOrderContacts(
  ctx: AccountContext,
  { contactId, roleContacts = {} }: NamedContacts,
): Promise<OrderContacts> {
  const { admin, tech, billing } = roleContacts
  const named = { registrant: contactId, admin, tech, billing }
  const ids = Object.values(named).filter((id) => id !== undefined)
  if (ids.length === 0) return {}
  if (contactId === undefined) {
    const parts = [{ pointer: pointers.registrant, detail: 'is missing' }]
    throw new Refusal('contact_not_found', 'An order names its registrant first.', {}, parts)
  }
  const { rows } = await sql<{ id: string; versionId: string }>`
    select distinct on (account_contact.id) account_contact.id, contact.id as "versionId"
    from account_contact join contact on contact.account_contact_id = account_contact.id
    where account_contact.id = any(${ids}::uuid[]) and account_contact.account_id = ${ctx.actor.accountId} and deleted_at is null
    order by account_contact.id, contact.version desc`.execute(ctx.db)
  const versions = new Map(rows.map(({ id, versionId }) => [id, versionId]))
  const found = Object.entries(named).flatMap(([role, id]) => {
    if (id === undefined) return []
    const version = versions.get(id)
    if (version === undefined) {
      const parts = [{ pointer: pointers[role as ContactRole], detail: 'must be one of your contacts' }]
      throw new Refusal('contact_not_found', 'No such contact.', { id }, parts)
    }
    return [[role, version] as const]
  })
  return Object.fromEntries(found)
}

/**
 * SQL: the roles of an order as the table `named`, in their usual order, with the version of a contact that the order has for each
 * and, as `own`, the one that it names for this role. `order`: what has the columns of `backorder` for contacts.
 */
export function namedBy(order: string): RawBuilder<unknown> {
  const of = (column: string) => sql.ref(`${order}.${column}`)
  return sql`(values (1, 'registrant', ${of('registrant_id')}, ${of('registrant_id')}),
    (2, 'admin', ${of('admin_id')}, coalesce(${of('admin_id')}, ${of('registrant_id')})),
    (3, 'tech', ${of('tech_id')}, coalesce(${of('tech_id')}, ${of('registrant_id')})),
    (4, 'billing', ${of('billing_id')}, coalesce(${of('billing_id')}, ${of('registrant_id')})))
    as named (place, role, own, contact_id)`
}

/** SQL: the handles of an order's contacts at one of our registry accounts, by role; those that exist there. */
export function handlesOfOrder(registryAccountId: RawBuilder<unknown>): RawBuilder<ContactHandles | null> {
  return sql<ContactHandles | null>`(select jsonb_object_agg(role, handle)
    from ${namedBy('backorder')}
    join registry_contact using (contact_id)
    where registry_account_id = ${registryAccountId} and registry_contact.state = 'created')`
}
