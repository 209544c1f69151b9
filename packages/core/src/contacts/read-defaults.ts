import type { ContactHandles } from '@droplock/rules/contacts/choose-contacts'
import type { ContactRole } from '@droplock/rules/contacts/roles'
import type { RegistryContactState } from '@droplock/rules/machines/registry-contact'
import { sql } from 'kysely'
import type { Context } from '../context.ts'

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
