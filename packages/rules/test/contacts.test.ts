import { describe, expect, test } from 'vitest'
import {
  chooseContacts,
  contactHandle,
  decideContact,
  interpretContactCreate,
  judgeContactInfo,
} from '../src/contacts.ts'
import type { Answer } from '../src/ports/registrar.ts'
import type { ContactDetails, ContactInfo, PostalInfo } from '../src/ports/registry-objects.ts'

const SENT = { clTRID: 'DL-1', sentAt: new Date(0), sentAtMs: 0 } as const

function answered<Data>(code: number, data?: Data): Answer<Data> {
  const answer = {
    ...SENT,
    kind: 'answered',
    code,
    message: 'said',
    svTRID: 'SV-1',
    answeredAtMs: 1,
  } as const
  return data === undefined ? answer : { ...answer, data }
}

const unknown = { ...SENT, kind: 'unknown', reason: 'cut' } as const
const unsent = { kind: 'not_sent', reason: 'no slot' } as const

describe('a create carries', () => {
  const account = { registrant: 'DL1', admin: 'DL1', tech: 'DL2', billing: 'DL1' }

  test('exactly the contacts that its zone requires', () => {
    expect(chooseContacts(['registrant', 'tech'], account)).toEqual({
      kind: 'complete',
      carried: { registrant: 'DL1', contacts: [{ type: 'tech', id: 'DL2' }] },
    })
    expect(chooseContacts([], account)).toEqual({ kind: 'complete', carried: { contacts: [] } })
  })

  test('an order’s own contacts, and the account’s default where it has none', () => {
    expect(chooseContacts(['registrant', 'tech'], { registrant: 'OWN' }, account)).toEqual({
      kind: 'complete',
      carried: { registrant: 'OWN', contacts: [{ type: 'tech', id: 'DL2' }] },
    })
  })

  test('nothing at all while one of them is missing', () => {
    expect(chooseContacts(['registrant', 'admin', 'tech'], {}, { admin: 'DL1' })).toEqual({
      kind: 'lacking',
      roles: ['registrant', 'tech'],
    })
  })
})

describe('the id of a contact at registries', () => {
  const ids = [
    '019ac7f0-0000-7000-8000-000000000000',
    '019ac7f0-0000-7000-8000-000000000001',
    '019ac7f0-ffff-7fff-bfff-ffffffffffff',
  ]

  test('is always the same, of 3 to 16 capitals and digits, and another for another contact or account', () => {
    const handlesOf = (account: string) => ids.map((id) => contactHandle(id, account))
    const handles = [...handlesOf('sim/droplock'), ...handlesOf('sim/second')]
    expect(handlesOf('sim/droplock')).toEqual(handles.slice(0, ids.length))
    expect(new Set(handles).size).toBe(2 * ids.length)
    for (const handle of handles) expect(handle).toMatch(/^[A-Z0-9]{15}$/)
  })
})

const POSTAL: PostalInfo = {
  type: 'int',
  name: 'Rita Registrant',
  street: ['1 Main Street'],
  city: 'London',
  country: 'GB',
}
const CONTACT: ContactDetails = { postal: [POSTAL], email: 'names@example.com' }

function field(changes: Partial<ContactDetails>, postal: Partial<PostalInfo> = {}): unknown {
  try {
    decideContact({ ...CONTACT, postal: [{ ...POSTAL, ...postal }], ...changes })
  } catch (error) {
    return error
  }
  return undefined
}

describe('a contact', () => {
  test('as in RFC 5733 is accepted', () => {
    const local: PostalInfo = { ...POSTAL, type: 'loc', name: '李雷', city: '北京', country: 'CN' }
    expect(field({ postal: [POSTAL, local] })).toBeUndefined()
    expect(field({ voice: '+44.2071234567x123', fax: '+1.7035555555' })).toBeUndefined()
    expect(field({}, { org: 'Example Ltd', province: 'VA', postalCode: '20166-6503' })).toBeUndefined()
  })

  test.each<[string, Partial<ContactDetails>, Partial<PostalInfo>]>([
    ['name', {}, { name: '' }],
    ['name', {}, { name: 'Zoë' }],
    ['name', {}, { name: 'x'.repeat(256) }],
    ['name', {}, { name: 'a\nb' }],
    ['name', {}, { type: 'loc', name: 'a\u0000b' }],
    ['org', {}, { org: ' ' }],
    ['street', {}, { street: ['1', '2', '3', '4'] }],
    ['street', {}, { street: ['1', ''] }],
    ['city', {}, { city: '' }],
    ['province', {}, { province: 'x'.repeat(256) }],
    ['postal_code', {}, { postalCode: 'x'.repeat(17) }],
    ['country', {}, { country: 'uk' }],
    ['postal', { postal: [POSTAL, POSTAL] }, {}],
    ['voice', { voice: '020 7123 4567' }, {}],
    ['voice', { voice: '+123.45678901234567' }, {}],
    ['fax', { fax: '+1.7035555555x' }, {}],
    ['email', { email: 'nobody' }, {}],
    ['email', { email: `${'x'.repeat(250)}@example.com` }, {}],
  ])('whose %s no registry can take is refused by that field (%o %o)', (name, changes, postal) => {
    expect(field(changes, postal)).toMatchObject({ code: 'invalid_contact', facts: { field: name } })
  })
})

describe('a create of a contact that is answered', () => {
  test('1000 created it, with the id in the answer', () => {
    expect(interpretContactCreate(answered(1000, { id: 'REG-1' }))).toEqual({ kind: 'made', handle: 'REG-1' })
    expect(interpretContactCreate(answered(1000))).toMatchObject({ kind: 'ambiguous' })
  })

  test('2302 exists, and `info` decides', () => {
    expect(interpretContactCreate(answered(2302))).toEqual({ kind: 'exists' })
  })

  test.each([2000, 2001, 2003, 2004, 2005, 2101, 2201, 2306, 2307, 2308])(
    '%i is refused for good, with the words',
    (code) => {
      expect(interpretContactCreate(answered(code))).toEqual({ kind: 'refused', code, message: 'said' })
    },
  )

  test.each([1001, 1500, 2400, 2500, 2502, 2999])('%i may have created it', (code) => {
    expect(interpretContactCreate(answered(code))).toMatchObject({ kind: 'ambiguous' })
  })

  test('without an answer may have created it; one that was not sent did not, nor one with an empty deposit', () => {
    expect(interpretContactCreate(unknown)).toMatchObject({ kind: 'ambiguous' })
    for (const answer of [unsent, answered<{ id: string }>(2104)])
      expect(interpretContactCreate(answer)).toMatchObject({ kind: 'absent' })
  })
})

describe('an info about a contact', () => {
  const info: ContactInfo = { id: 'DL1', roid: 'C1-R', clID: 'droplock', statuses: ['ok'], postal: [] }

  test('finds ours', () => {
    expect(judgeContactInfo(answered(1000, info), 'droplock')).toEqual({ kind: 'made', handle: 'DL1' })
  })

  test('never takes another registrar’s for ours', () => {
    for (const answer of [answered<ContactInfo>(2201), answered(1000, { ...info, clID: 'rival-a' })])
      expect(judgeContactInfo(answer, 'droplock')).toMatchObject({ kind: 'refused' })
  })

  test('says that there is none', () => {
    expect(judgeContactInfo(answered(2303), 'droplock')).toMatchObject({ kind: 'absent' })
  })

  test('decides nothing while it is pending or where the answer shows nothing', () => {
    const pending = answered(1000, { ...info, statuses: ['pendingCreate'] })
    for (const answer of [pending, answered<ContactInfo>(1000), answered<ContactInfo>(2400), unknown, unsent])
      expect(judgeContactInfo(answer, 'droplock')).toMatchObject({ kind: 'ambiguous' })
  })
})
