import { type ContactRole, isContactRole } from '@droplock/rules/contacts'
import type { RegistryContactState } from '@droplock/rules/machines/registry-contact'
import { Refusal } from '@droplock/rules/refusals'
import { sql, type Transaction } from 'kysely'
import type { AccountContext, Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { findOrderContacts, type NamedContacts } from './of-orders.ts'
import { requestHandle } from './request-handles.ts'

/** A contact that a registration shall have, and which version of it. */
export type WantedContact = {
  readonly role: ContactRole
  readonly contactId: string
  readonly versionId: string
}

/**
 * The contacts of a change, one for each role that the zone of the registration has, and requests them at its registry. Throws Refusal:
 * contact_not_found, contacts_not_used.
 */
export async function prepareContacts(
  tx: Transaction<Database>,
  ctx: AccountContext,
  registrationId: string,
  named: NamedContacts & { readonly contactId: string },
): Promise<readonly WantedContact[]> {
  const versions = await findOrderContacts({ ...ctx, db: tx }, named)
  const { rows } = await sql<{ roles: string[]; registryAccountId: string }>`
    select contact_roles as roles, registry_account_id as "registryAccountId"
    from registration join backorder on backorder.id = registration.backorder_id
      join listing on listing.id = backorder.listing_id join zone on zone.name = listing.zone
    where registration.id = ${registrationId}`.execute(tx)
  const [place] = rows
  const roles = place?.roles.filter(isContactRole) ?? []
  if (place === undefined || roles.length === 0)
    throw new Refusal('contacts_not_used', 'The registry of this name keeps no contacts.')
  const ofRole = (role: ContactRole) => (role === 'registrant' ? undefined : named.roleContacts?.[role])
  const wanted = roles.flatMap((role) => {
    const contactId = ofRole(role) ?? named.contactId
    const versionId = versions[role] ?? versions.registrant
    return versionId === undefined ? [] : [{ role, contactId, versionId }]
  })
  const ids = [...new Set(wanted.map(({ versionId }) => versionId))].toSorted()
  for (const contactId of ids)
    await requestHandle(tx, ctx, { contactId, registryAccountId: place.registryAccountId })
  return wanted
}

/** A contact of a change at the registry. */
type HandleOfChange = {
  readonly role: ContactRole
  readonly handle: string
  readonly state: RegistryContactState
  readonly code: number | null
  readonly message: string | null
}

/** Where the contacts of a requested change are at its registry. */
export async function readHandlesOfChange(
  ctx: Context,
  changeId: string,
): Promise<readonly HandleOfChange[]> {
  const { rows } = await sql<HandleOfChange>`
    select role, handle, made.state, made.answer_code as code, made.answer_message as message
    from registration_request as change join registration on registration.id = change.registration_id
      cross join lateral jsonb_to_recordset(change.wanted) as wanted (role text, "versionId" uuid)
      join registry_contact as made on made.contact_id = "versionId"
        and made.registry_account_id = registration.registry_account_id
    where change.id = ${changeId}`.execute(ctx.db)
  return rows
}
