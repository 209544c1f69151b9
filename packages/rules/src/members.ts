import { type Scope, scopes } from './accounts.ts'

/** What a person of an account may do on the pages. */
export const memberRoles = ['owner', 'buyer', 'viewer'] as const

export type MemberRole = (typeof memberRoles)[number]

export function isMemberRole(text: string): text is MemberRole {
  return memberRoles.some((role) => role === text)
}

/** Written and read aloud in: the pages and the mails. BCP 47. */
export const languages = ['en', 'zh'] as const

export type Language = (typeof languages)[number]

export function isLanguage(text: string): text is Language {
  return languages.some((language) => language === text)
}

/** As long as the staff's: length is what makes a password hard to guess. */
export const PASSWORD_CHARACTERS_MIN = 12

/** More is no password that anybody types, and costs the server time. */
export const PASSWORD_CHARACTERS_MAX = 128

/** Of a person, or of a company that signs up as one. */
export const MEMBER_NAME_CHARACTERS_MAX = 60

const reads: readonly Scope[] = scopes.filter((scope) => scope.endsWith(':read'))

/**
 * What the key of a person's session may do. A buyer spends money and looks after names; keys, webhooks and people are an owner's. A viewer
 * does not see contacts, which are personal data.
 */
const scopesOf: Readonly<Record<MemberRole, readonly Scope[]>> = {
  owner: scopes,
  buyer: [...reads, 'backorders:write', 'registrations:write', 'contacts:write', 'invoices:write'],
  viewer: reads.filter((scope) => scope !== 'contacts:read'),
}

/** The scopes of a session's key. */
export function scopesOfMember(role: MemberRole): readonly Scope[] {
  return scopesOf[role]
}
