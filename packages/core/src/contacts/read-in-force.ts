import type { ContactHandles } from '@droplock/rules/contacts/choose-contacts'
import type { Context } from '../context.ts'
import { readDefaultContacts } from './read-defaults.ts'

/** The default contacts that creates of a registry account carry: of each role the newest that is at the registry. */
export async function readHandlesInForce(ctx: Context, registryAccountId: string): Promise<ContactHandles> {
  const defaults = await readDefaultContacts(ctx, registryAccountId)
  const inForce = defaults.flatMap(({ role, handleInForce }) =>
    handleInForce === null ? [] : [[role, handleInForce] as const],
  )
  return Object.fromEntries(inForce)
}
