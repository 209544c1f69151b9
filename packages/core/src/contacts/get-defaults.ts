import { contactRoles } from '@droplock/rules/contacts/roles'
import type { ContactDetails } from '@droplock/rules/ports/registry-objects'
import { sql } from 'kysely'
import { type OperatorContext, requirePermission } from '../context.ts'
import { requireRegistryAccount } from '../registries/require-account.ts'
import { type DefaultContactRow, readDefaultContacts } from './read-defaults.ts'

export type DefaultContact = DefaultContactRow & { readonly details: ContactDetails }

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
