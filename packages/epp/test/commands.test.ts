import { money } from '@droplock/rules/money'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  checkDomains,
  prepareCreate,
  quoteDomains,
  renewDomain,
  updateDomain,
} from '../src/commands/domain.ts'
import { createHost } from '../src/commands/host.ts'
import { loginXml, logoutXml, pollMessage } from '../src/commands/session.ts'
import { LOGIN_SEC_URI } from '../src/extensions/login-sec.ts'
import { dialectOf, NotAgreed, PLAIN } from '../src/session/dialect.ts'
import { CREDENTIALS, FRAMES, RICH, TERMS, xmlOf } from './support/frames.ts'
import { NO_SHARED } from './support/shared.ts'
import { schemaCheck } from './support/xsd.ts'

const order = { name: 'xn--fiqs8s.pl', years: 1, registrant: 'C-1', authInfo: 'a<b&c>"d' } as const
const feeCap = money(1000n, 'USD')
const key = { kind: 'key', flags: 257, protocol: 3, algorithm: 1, publicKey: 'AQPJ' } as const
const ds = { kind: 'ds', keyTag: 1, algorithm: 13, digestType: 2, digest: 'AB' } as const

const product = (xml: string) => /<namestoreExt:subProduct>([^<]*)/u.exec(xml)?.[1]

const valid = schemaCheck()

describe.skipIf(valid === undefined)(valid ? 'schemas' : NO_SHARED, () => {
  test.each(FRAMES)('the frame of a %s is valid', (_, xml) => {
    expect(() => valid?.(xml)).not.toThrow()
  })

  test('the schemas detect a wrong element order, also in extensions', () => {
    for (const [name, xml] of FRAMES) {
      const swapped = xml.replace(/(<extension>.*<\/extension>)(<clTRID>.*<\/clTRID>)/u, '$2$1')
      if (swapped !== xml) expect(() => valid?.(swapped), name).toThrow()
    }
    const quote = FRAMES.find(([name]) => name === 'domain quote')?.[1] ?? ''
    expect(() =>
      valid?.(quote.replace(/(<fee:currency>.*<\/fee:currency>)(.*)(<\/fee:check>)/u, '$2$1$3')),
    ).toThrow()
  })

  test('a create is valid for any name, registrant and authInfo', () => {
    const text = fc
      .string({ minLength: 3, maxLength: 16, unit: 'grapheme' })
      .filter((s) => /^[^\s\p{Cc}\p{Cn}]{3,16}$/u.test(s))
    fc.assert(
      fc.property(text, text, text, (name, registrant, authInfo) => {
        valid?.(xmlOf(prepareCreate({ name, registrant, authInfo, years: 1 }).frame('D-1', PLAIN)))
      }),
    )
  })
})

test('only the clTRID changes between two frames of one prepared create', () => {
  const prepared = prepareCreate({ ...order, feeCap })
  const [one, two] = [prepared.frame('ID-1', RICH), prepared.frame('ID-2000', RICH)]
  expect(xmlOf(two)).toBe(xmlOf(one).replace('ID-1', 'ID-2000'))
  expect(one.readUInt32BE()).toBe(one.length)
})

test.each([
  [money(1000n, 'EUR'), '<fee:currency>EUR</fee:currency><fee:fee>10.00</fee:fee>'],
  [money(5n, 'USD'), '<fee:currency>USD</fee:currency><fee:fee>0.05</fee:fee>'],
  [money(1200n, 'JPY'), '<fee:currency>JPY</fee:currency><fee:fee>1200</fee:fee>'],
  [money(0n, 'USD'), '<fee:currency>USD</fee:currency><fee:fee>0.00</fee:fee>'],
])('a create carries its cap of %o in full', (cap, xml) => {
  expect(xmlOf(prepareCreate({ ...order, feeCap: cap }).frame('ID-1', RICH))).toContain(`${xml}</fee:create>`)
})

test('svcExtension is left out when there is no extension to log in with', () => {
  expect(loginXml(CREDENTIALS, { ...TERMS, extensions: [] }, 'L-1')).not.toContain('svcExtension')
})

test('a command that needs an extension is not encoded without it', () => {
  for (const one of [
    prepareCreate({ ...order, feeCap }),
    prepareCreate({ ...order, dnssec: [key] }),
    quoteDomains(['a.pl'], [{ command: 'create' }]),
    renewDomain({ name: 'a.pl', currentExDate: new Date(0), years: 1, feeCap }),
    updateDomain({ name: 'a.pl', dnssec: { remove: 'all' } }),
  ]) {
    expect(() => one.frame('ID-1', PLAIN)).toThrow(NotAgreed)
    expect(() => one.frame('ID-1', RICH)).not.toThrow()
  }
})

test('every command about an object names its product where the registry has several', () => {
  expect(product(xmlOf(checkDomains(['A.NET', 'b.net']).frame('ID-1', RICH)))).toBe('dotNET')
  expect(product(xmlOf(checkDomains(['b.com']).frame('ID-1', RICH)))).toBe('dotCOM')
  expect(product(xmlOf(checkDomains(['b.com']).frame('ID-1', PLAIN)))).toBeUndefined()
  expect(
    product(xmlOf(checkDomains(['b.com']).frame('ID-1', dialectOf([], { subProducts: { com: 'dotCOM' } })))),
  ).toBeUndefined()
  expect(product(xmlOf(createHost('ns1.a.net', []).frame('ID-1', RICH)))).toBe('dotNET')
  expect(product(xmlOf(createHost('ns1.elsewhere.org', []).frame('ID-1', RICH)))).toBe('dotCOM')
  expect(product(xmlOf(pollMessage().frame('ID-1', RICH)))).toBeUndefined()
})

test('a command about objects of two products is not sent to one of them', () => {
  expect(() => checkDomains(['a.com', 'b.net']).frame('ID-1', RICH)).toThrow(RangeError)
  expect(() => checkDomains(['a.com', 'b.net']).frame('ID-1', PLAIN)).not.toThrow()
})

const update = (urgent?: boolean) =>
  updateDomain({ name: 'a.pl', dnssec: { add: [ds], ...(urgent !== undefined && { urgent }) } })
const sent = (urgent: boolean | undefined, demanded: boolean) =>
  / urgent="(\w+)"/u.exec(
    xmlOf(update(urgent).frame('ID-1', demanded ? { ...RICH, dnssecUrgent: true } : RICH)),
  )?.[1]

test('a DNSSEC update carries urgent if the order says so, or if the registry requires it', () => {
  expect([sent(undefined, false), sent(true, false), sent(false, false)]).toEqual([
    undefined,
    'true',
    'false',
  ])
  expect([sent(undefined, true), sent(true, true), sent(false, true)]).toEqual(['true', 'true', 'false'])
})

test('a command that no registry could accept is refused before it is sent', () => {
  const bad: (() => unknown)[] = [
    () => checkDomains([]),
    () => quoteDomains(['a.pl'], []),
    () => renewDomain({ name: 'a.pl', currentExDate: new Date(0), years: 11 }),
    () => updateDomain({ name: 'a.pl' }),
    () => updateDomain({ name: 'a.pl', add: {} }),
    () => createHost('ns1.a.pl', ['300.1.1.1']),
    () => prepareCreate({ ...order, dnssec: [ds, key] }).frame('ID-1', RICH),
    () => prepareCreate({ ...order, feeCap: money(-1n, 'USD') }).frame('ID-1', RICH),
    () => prepareCreate({ ...order, nameServers: [{ name: 'a.b' }, { name: 'c.d', addresses: [] }] }),
  ]
  for (const attempt of bad) expect(attempt, attempt.toString()).toThrow(RangeError)
})

test('a password longer than 16 characters is sent in loginSec and nowhere else', () => {
  const password = 'a long password of ours'
  const xml = loginXml({ clID: 'me', password }, { ...TERMS, extensions: [LOGIN_SEC_URI] }, 'L-1')
  expect(xml).toContain('<pw>[LOGIN-SECURITY]</pw>')
  expect(xml.split(password)).toHaveLength(2)
})

test.each(['ab', 'x'.repeat(65), 'a<b', 'a b c', ''])('the clTRID "%s" is refused', (clTRID) => {
  expect(() => logoutXml(clTRID)).toThrow(RangeError)
  expect(() => pollMessage().frame(clTRID, PLAIN)).toThrow(RangeError)
})

test.each(['short', 'longer-than-sixteen', ' spaced'])(
  'the password "%s" is refused, and not quoted',
  (password) => {
    const attempt = () => loginXml({ clID: 'droplock', password }, TERMS, 'L-1')
    expect(attempt).toThrow(RangeError)
    expect(attempt).not.toThrow(new RegExp(password, 'u'))
  },
)
