/** What a contact is to a domain name, in the order in which people say it. RFC 5731 §3.2.1. */
export const contactRoles = ['registrant', 'admin', 'tech', 'billing'] as const

export type ContactRole = (typeof contactRoles)[number]

export function isContactRole(text: string): text is ContactRole {
  return contactRoles.some((role) => role === text)
}
