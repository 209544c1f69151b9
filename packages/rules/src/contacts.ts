import { meaningOnOthers } from './drop/result-codes.ts'
import type { Answer, CreateDomain } from './ports/registrar.ts'
import type { ContactDetails, ContactInfo, PostalInfo } from './ports/registry-objects.ts'
import { Refusal } from './refusals.ts'
import { isWellFormed } from './text.ts'

/** The roles of a contact for a domain name, in their usual order. RFC 5731 §3.2.1. */
export const contactRoles = ['registrant', 'admin', 'tech', 'billing'] as const

export type ContactRole = (typeof contactRoles)[number]

export function isContactRole(text: string): text is ContactRole {
  return contactRoles.some((role) => role === text)
}

/** The ids at the registry of contacts, by role. */
export type ContactHandles = Readonly<Partial<Record<ContactRole, string>>>

/** Where a contact that an order has for a role is: `not_needed` where the registry keeps no contact of this role. */
export const orderContactStates = ['not_needed', 'pending', 'created', 'refused'] as const

export type OrderContactState = (typeof orderContactStates)[number]

/** The contacts of a create: all that its zone requires, which may be none, or the roles that lack one. */
export type CreateContacts =
  | { readonly kind: 'complete'; readonly carried: Pick<CreateDomain, 'registrant' | 'contacts'> }
  | { readonly kind: 'lacking'; readonly roles: readonly ContactRole[] }

/**
 * The contacts of a create in a zone that requires `roles`: for each role the contact of the first set that has one. The order's own
 * set comes before the default of the registry account.
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

const PREFIX = 'DL'

/** Digits of 64 bits in base 36: with the prefix 15 of the 16 characters that `clIDType` has. RFC 5730 §4. */
const DIGITS = 13

/**
 * The id with which an account of ours creates a contact at a registry: always the same for both, so that a create whose answer was
 * lost is found again, and another one for each account, as the ids of a registry's contacts are unique over all registrars. Made from
 * the random half of a UUIDv7, of capitals and digits, which every registry accepts.
 */
export function contactHandle(contactId: string, registryAccountId: string): string {
  const random = BigInt(`0x${contactId.replaceAll('-', '').slice(16)}`)
  return PREFIX + (random ^ hash64(registryAccountId)).toString(36).toUpperCase().padStart(DIGITS, '0')
}

const FNV_OFFSET = 0xcbf29ce484222325n
const FNV_PRIME = 0x100000001b3n

/** FNV-1a of the code units, 64 bits: enough to tell a few accounts apart. */
function hash64(text: string): bigint {
  let hash = FNV_OFFSET
  for (let at = 0; at < text.length; at += 1)
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(at))) * FNV_PRIME)
  return hash
}

/** Lengths of RFC 5733 §4: `postalLineType`, `pcType`, `e164Type`. */
const LINE_LENGTH_MAX = 255
const POSTAL_CODE_LENGTH_MAX = 16
const PHONE_LENGTH_MAX = 17
const STREET_LINES_MAX = 3

/** Longer addresses cannot exist. RFC 5321 §4.5.3.1.3. */
const EMAIL_LENGTH_MAX = 254

const PHONE = /^(\+\d{1,3}\.\d{1,14})(x\d{1,10})?$/
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@.]+$/
const COUNTRY = /^[A-Z]{2}$/
const ASCII = /^[ -~]*$/

/**
 * Checks a contact by RFC 5733; a registry may require more. Throws Refusal('invalid_contact'), whose facts name the field.
 */
export function decideContact({ postal, voice, fax, email }: ContactDetails): void {
  const kinds = postal.flatMap((one) => (one === undefined ? [] : [one.type]))
  if (new Set(kinds).size < kinds.length) refuse('postal', 'has each of int and loc once at most')
  for (const one of postal) if (one !== undefined) decidePostal(one)
  requirePhone('voice', voice)
  requirePhone('fax', fax)
  if (email.length > EMAIL_LENGTH_MAX || !EMAIL.test(email) || !isWellFormed(email))
    refuse('email', 'is no e-mail address')
}

function decidePostal({ type, name, org, street, city, province, postalCode, country }: PostalInfo): void {
  if (street.length > STREET_LINES_MAX) refuse('street', `has at most ${STREET_LINES_MAX} lines`)
  requireLine(type, 'name', name)
  requireLine(type, 'city', city)
  for (const line of street) requireLine(type, 'street', line)
  if (org !== undefined) requireLine(type, 'org', org)
  if (province !== undefined) requireLine(type, 'province', province)
  if (postalCode !== undefined) requireLine(type, 'postal_code', postalCode, POSTAL_CODE_LENGTH_MAX)
  if (!COUNTRY.test(country)) refuse('country', 'is the two capitals of ISO 3166-1')
}

/** One line of text, in ASCII where the form is `int`. RFC 5733 §2.4. */
function requireLine(
  type: PostalInfo['type'],
  field: string,
  text: string,
  lengthMax = LINE_LENGTH_MAX,
): void {
  if (text.trim() === '' || text.length > lengthMax) refuse(field, `has 1 to ${lengthMax} characters`)
  if (!isWellFormed(text) || /[\t\n\r]/.test(text)) refuse(field, 'is one line of text')
  if (type === 'int' && !ASCII.test(text)) refuse(field, 'is ASCII in the int form')
}

/** RFC 5733 §2.5: `+1.7035555555`, with an extension after an `x`. */
function requirePhone(field: string, phone: string | undefined): void {
  if (phone === undefined) return
  const [, number = ''] = PHONE.exec(phone) ?? []
  if (number === '' || number.length > PHONE_LENGTH_MAX) refuse(field, 'is written +CC.number')
}

function refuse(field: string, what: string): never {
  throw new Refusal('invalid_contact', `The contact's ${field} ${what}.`, { field })
}

/** What is known of a contact at its registry. `made` has its id there, which some registries choose themselves. */
export type ContactVerdict =
  | { readonly kind: 'made'; readonly handle: string }
  /** The registry refuses it, and would refuse a repetition. */
  | { readonly kind: 'refused'; readonly code: number; readonly message: string }
  /** It was certainly not created: try again later. */
  | { readonly kind: 'absent'; readonly reason: string }
  /** It may have been created, or will be: `info` decides. */
  | { readonly kind: 'ambiguous'; readonly reason: string }

/**
 * What the answer to a create of a contact means. `exists`: an earlier create succeeded, or another registrar has a contact with this
 * id; `info` decides at once. RFC 5730 §3, RFC 5733 §3.2.1.
 */
export function interpretContactCreate(
  answer: Answer<{ readonly id: string }>,
): ContactVerdict | { readonly kind: 'exists' } {
  if (answer.kind === 'not_sent') return { kind: 'absent', reason: answer.reason }
  if (answer.kind === 'unknown') return { kind: 'ambiguous', reason: answer.reason }
  const { code, data } = answer
  switch (meaningOnOthers(code)) {
    case 'done':
      return data === undefined ? inDoubt(code) : { kind: 'made', handle: data.id }
    case 'refused':
    case 'our_fault':
    case 'not_ours':
    case 'absent':
    case 'blocked':
      return { kind: 'refused', code, message: wordsOf(answer) }
    case 'deposit_empty':
      return { kind: 'absent', reason: `code ${code}` }
    case 'exists':
      return { kind: 'exists' }
    // Some servers answer so and carry out the command nevertheless.
    case 'retry':
    case 'pending':
    case 'session_ended':
    case 'unknown':
      return inDoubt(code)
  }
}

/** Decides by `info` whether the contact with this id exists and is ours. RFC 5733 §3.1.2. */
export function judgeContactInfo(answer: Answer<ContactInfo>, clid: string): ContactVerdict {
  if (answer.kind !== 'answered') return { kind: 'ambiguous', reason: answer.reason }
  const { code, data } = answer
  switch (meaningOnOthers(code)) {
    case 'absent':
      return { kind: 'absent', reason: `info answered ${code}` }
    case 'not_ours':
      return { kind: 'refused', code, message: 'another registrar has a contact of this id' }
    case 'done':
      if (data === undefined) return inDoubt(code)
      if (data.clID !== clid)
        return { kind: 'refused', code, message: `${data.clID} has a contact of this id` }
      if (data.statuses.includes('pendingCreate'))
        return { kind: 'ambiguous', reason: 'its create is pending' }
      return { kind: 'made', handle: data.id }
    default:
      return inDoubt(code)
  }
}

function inDoubt(code: number): ContactVerdict {
  return { kind: 'ambiguous', reason: `code ${code}` }
}

function wordsOf({
  message,
  reasons = [],
}: {
  readonly message: string
  readonly reasons?: readonly string[]
}) {
  return [message, ...reasons].join('; ')
}
