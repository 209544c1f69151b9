import type { ContactDetails, PostalInfo } from '../ports/registry-objects.ts'
import { Refusal } from '../refusals.ts'
import { isWellFormed } from '../text/well-formed.ts'

/** Lengths of RFC 5733 §4: `postalLineType`, `pcType`, `e164Type`. */
const LINE_LENGTH_MAX = 255
const POSTAL_CODE_LENGTH_MAX = 16
const PHONE_LENGTH_MAX = 17
const STREET_LINES_MAX = 3

/** Longer ones exist in no directory; RFC 5321 §4.5.3.1.3. */
const EMAIL_LENGTH_MAX = 254

const PHONE = /^(\+\d{1,3}\.\d{1,14})(x\d{1,10})?$/
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@.]+$/
const COUNTRY = /^[A-Z]{2}$/
const ASCII = /^[ -~]*$/

/**
 * Checks a contact as far as RFC 5733 tells; what else a registry wants it says itself. Throws Refusal('invalid_contact'), whose
 * facts name the field. Pure.
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

/** One line of text; in the internationalised form, which is for everybody to read, ASCII. RFC 5733 §2.4. */
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

/** RFC 5733 §2.5: `+1.7035555555`, here with the extension behind an `x`. */
function requirePhone(field: string, phone: string | undefined): void {
  if (phone === undefined) return
  const [, number = ''] = PHONE.exec(phone) ?? []
  if (number === '' || number.length > PHONE_LENGTH_MAX) refuse(field, 'is written +CC.number')
}

function refuse(field: string, what: string): never {
  throw new Refusal('invalid_contact', `The contact's ${field} ${what}.`, { field })
}
