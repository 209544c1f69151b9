import type { Viewer } from '../page-state.ts'

type Role = Viewer['role']

/** The parts of an account, in the order of the menu, and who sees each: what a role may not read is not offered. */
export const sections = [
  { name: 'balance', roles: ['owner', 'buyer', 'viewer'] },
  { name: 'statement', roles: ['owner', 'buyer', 'viewer'] },
  { name: 'invoices', roles: ['owner', 'buyer', 'viewer'] },
  { name: 'contacts', roles: ['owner', 'buyer'] },
  { name: 'watches', roles: ['owner', 'buyer', 'viewer'] },
  { name: 'people', roles: ['owner', 'buyer', 'viewer'] },
  { name: 'mails', roles: ['owner', 'buyer', 'viewer'] },
  { name: 'keys', roles: ['owner'] },
  { name: 'webhooks', roles: ['owner'] },
  { name: 'security', roles: ['owner', 'buyer', 'viewer'] },
] as const satisfies readonly { readonly name: string; readonly roles: readonly Role[] }[]

export type SectionName = (typeof sections)[number]['name']

export function sectionsOf(role: Role) {
  return sections.filter(({ roles }) => (roles as readonly Role[]).includes(role))
}
