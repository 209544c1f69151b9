import type { Schema } from '@droplock/sdk/client'
import { phoneOf } from './phone.ts'

export type Contact = Schema<'Contact'>
type WriteContact = Schema<'WriteContact'>
type Address = Schema<'ContactAddress'>

const addressFields = ['name', 'org', 'street', 'city', 'province', 'postal_code', 'country'] as const

type AddressField = (typeof addressFields)[number]

/** What the form has: the address in Latin letters, the same in another script, and how the contact is reached. */
export type ContactField =
  | AddressField
  | `loc_${Exclude<AddressField, 'country'>}`
  | 'voice'
  | 'fax'
  | 'email'

export type ContactInput = Readonly<Record<ContactField, string>> & { readonly isDefault: boolean }

export type ContactFault = 'required' | 'latin' | 'latinOnly' | 'phone' | 'email' | 'tooLong' | 'lines'

export type ContactFaults = Partial<Readonly<Record<ContactField, ContactFault>>>

export const emptyContact: ContactInput = {
  name: '',
  org: '',
  street: '',
  city: '',
  province: '',
  postal_code: '',
  country: '',
  loc_name: '',
  loc_org: '',
  loc_street: '',
  loc_city: '',
  loc_province: '',
  loc_postal_code: '',
  voice: '',
  fax: '',
  email: '',
  isDefault: false,
}

function textOf(address: Address | undefined, field: AddressField): string {
  const value = address?.[field]
  return typeof value === 'string' ? value : (value ?? []).join('\n')
}

/** A contact as the form shows it. One that has only its own script is completed with Latin letters. */
export function inputOf({ int, loc, voice, fax, email, is_default }: Contact): ContactInput {
  const main = Object.fromEntries(addressFields.map((field) => [field, textOf(int, field)]))
  const local = Object.fromEntries(addressFields.map((field) => [`loc_${field}`, textOf(loc, field)]))
  return {
    ...emptyContact,
    ...main,
    ...local,
    country: int?.country ?? loc?.country ?? '',
    voice: voice ?? '',
    fax: fax ?? '',
    email,
    isDefault: is_default,
  }
}

const required = ['name', 'street', 'city', 'country', 'email'] as const
const requiredLocally = ['loc_name', 'loc_street', 'loc_city'] as const
const latin = ['name', 'org', 'street', 'city', 'province', 'postal_code'] as const
const localFields = [
  'loc_name',
  'loc_org',
  'loc_street',
  'loc_city',
  'loc_province',
  'loc_postal_code',
] as const satisfies readonly ContactField[]

const ASCII = /^[ -~\n]*$/
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@.]+$/
const STREET_LINES_MAX = 3
/** RFC 5733 §4. */
const LINE_MAX = 255
const POSTAL_CODE_MAX = 16

/** What a person can mend before the API is asked, by field: the same rules as the API's (RFC 5733). */
export function faultsIn(input: ContactInput): ContactFaults {
  const faults: Partial<Record<ContactField, ContactFault>> = {}
  const hasLocal = localFields.some((field) => input[field].trim() !== '')
  for (const field of [...required, ...(hasLocal ? requiredLocally : [])])
    if (input[field].trim() === '') faults[field] = 'required'
  for (const field of latin)
    if (!ASCII.test(input[field]))
      faults[field] = withoutAccents(input[field]) === undefined ? 'latinOnly' : 'latin'
  for (const field of [...latin, ...localFields])
    if (
      linesOf(input[field]).some(
        (line) => line.length > (field.endsWith('postal_code') ? POSTAL_CODE_MAX : LINE_MAX),
      )
    )
      faults[field] = 'tooLong'
  for (const field of ['street', 'loc_street'] as const)
    if (linesOf(input[field]).length > STREET_LINES_MAX) faults[field] = 'lines'
  for (const field of ['voice', 'fax'] as const)
    if (input[field].trim() !== '' && phoneOf(input[field]) === undefined) faults[field] = 'phone'
  if (faults.email === undefined && !EMAIL.test(input.email.trim())) faults.email = 'email'
  return faults
}

/** `Müller` as `Muller`: what a person may mean. Undefined where other letters remain. */
export function withoutAccents(text: string): string | undefined {
  const plain = text
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .replaceAll('ß', 'ss')
    .replaceAll('ł', 'l')
    .replaceAll('Ł', 'L')
    .replaceAll('ø', 'o')
    .replaceAll('Ø', 'O')
  return ASCII.test(plain) ? plain : undefined
}

/** The body of the request. Call it where `faultsIn` finds nothing. */
export function bodyOf(input: ContactInput): WriteContact {
  const loc = addressOf(input, 'loc_')
  return {
    int: addressOf(input, ''),
    ...(loc.name !== '' && { loc }),
    ...optional('voice', phoneOf(input.voice)),
    ...optional('fax', phoneOf(input.fax)),
    email: input.email.trim(),
    is_default: input.isDefault,
  }
}

function addressOf(input: ContactInput, prefix: '' | 'loc_'): Address {
  const of = (field: Exclude<AddressField, 'country'>) => input[`${prefix}${field}` as ContactField].trim()
  return {
    name: of('name'),
    ...optional('org', of('org')),
    street: linesOf(of('street')),
    city: of('city'),
    ...optional('province', of('province')),
    ...optional('postal_code', of('postal_code')),
    country: input.country,
  }
}

function optional<Name extends string>(name: Name, text: string | undefined) {
  return (text === undefined || text === '' ? {} : { [name]: text }) as Partial<Record<Name, string>>
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

/** The field that a pointer into the body or the API's own word for a member means: `/int/street/0`, `postal_code`. */
export function fieldOf(pointer: string): ContactField | undefined {
  const [, form, member] = /^\/?(?:(int|loc)\/)?(\w+)/.exec(pointer) ?? []
  const name = member === 'country' || form !== 'loc' ? member : `loc_${member}`
  return Object.keys(emptyContact).find(
    (field): field is ContactField => field === name && field !== 'isDefault',
  )
}
