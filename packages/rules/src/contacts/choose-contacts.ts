import type { CreateDomain } from '../ports/registrar.ts'
import type { ContactRole } from './roles.ts'

/** The ids at the registry of contacts that are made there, by what they are to a name. */
export type ContactHandles = Readonly<Partial<Record<ContactRole, string>>>

/** The contacts of a create: all that its zone wants, which may be none, or those of them that there are not. */
export type CreateContacts =
  | { readonly kind: 'complete'; readonly carried: Pick<CreateDomain, 'registrant' | 'contacts'> }
  | { readonly kind: 'lacking'; readonly roles: readonly ContactRole[] }

/**
 * The contacts of a create in a zone that wants `roles`: of each role that of the first set which has one. The order's own set
 * comes before the default of the registry account. Pure.
 */
export function chooseContacts(
  roles: readonly ContactRole[],
  ...sets: readonly ContactHandles[]
): CreateContacts {
  const handleOf = (role: ContactRole) => sets.find((set) => set[role] !== undefined)?.[role]
  const lacking = roles.filter((role) => handleOf(role) === undefined)
  if (lacking.length > 0) return { kind: 'lacking', roles: lacking }
  const registrant = roles.includes('registrant') ? handleOf('registrant') : undefined
  const contacts = roles.flatMap((role) => {
    const id = handleOf(role)
    return role === 'registrant' || id === undefined ? [] : [{ type: role, id }]
  })
  return { kind: 'complete', carried: { ...(registrant !== undefined && { registrant }), contacts } }
}
