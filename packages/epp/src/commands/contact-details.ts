import type { ContactDetails, Disclosure, PostalInfo } from '@droplock/rules/ports/registry-objects'
import { leaf, leaves, wrap } from '../xml/write.ts'

const STREET_LINES_MAX = 3

/** The fields that may stand in a contact's create and in the `chg` of its update, in the schema's order. */
export function contactDetailsXml(details: Partial<ContactDetails>, authInfo: string | undefined): string {
  const { voice, fax, email, disclosure } = details
  const postal = details.postal?.filter((one) => one !== undefined) ?? []
  const parts = [
    ...postal.map(postalXml),
    phoneXml('contact:voice', voice),
    phoneXml('contact:fax', fax),
    leaf('contact:email', email),
    authInfo === undefined ? '' : wrap('contact:authInfo', leaf('contact:pw', authInfo)),
    disclosure === undefined ? '' : disclosureXml(disclosure, postal),
  ]
  return parts.join('')
}

/** The extension is an attribute. RFC 5733 §2.5. */
function phoneXml(element: string, phone: string | undefined): string {
  const [number, x] = phone?.split('x') ?? []
  return leaf(element, number, { x })
}

function postalXml({ type, name, org, street, city, province, postalCode, country }: PostalInfo): string {
  if (street.length > STREET_LINES_MAX) throw new RangeError(`a street has at most ${STREET_LINES_MAX} lines`)
  const address = [
    leaves('contact:street', street),
    leaf('contact:city', city),
    leaf('contact:sp', province),
    leaf('contact:pc', postalCode),
    leaf('contact:cc', country),
  ]
  const parts = leaf('contact:name', name) + leaf('contact:org', org) + wrap('contact:addr', address.join(''))
  return wrap('contact:postalInfo', parts, { type })
}

/** Order of the schema. Name, organisation and address are told apart by the kind of postal information. */
const FIELDS = ['name', 'org', 'addr', 'voice', 'fax', 'email'] as const
const POSTAL_FIELDS: ReadonlySet<string> = new Set(['name', 'org', 'addr'])

function disclosureXml({ show, fields }: Disclosure, postal: readonly PostalInfo[]): string {
  const types = postal.map(({ type }) => type)
  const kinds = types.length > 0 ? types : ['int']
  const inner = FIELDS.filter((field) => fields.includes(field)).flatMap((field) =>
    POSTAL_FIELDS.has(field)
      ? kinds.map((type) => wrap(`contact:${field}`, '', { type }))
      : [wrap(`contact:${field}`, '')],
  )
  return wrap('contact:disclose', inner.join(''), { flag: show ? 1 : 0 })
}
