import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { domainCheckXml } from '../src/commands/domain-check.ts'
import { prepareCreate } from '../src/commands/domain-create.ts'
import { domainInfoXml } from '../src/commands/domain-info.ts'
import { helloXml } from '../src/commands/hello.ts'
import { loginXml } from '../src/commands/login.ts'
import { logoutXml } from '../src/commands/logout.ts'
import { DOMAIN_URI, RGP_URI } from '../src/namespaces.ts'
import { NO_SHARED } from './support/shared.ts'
import { schemaCheck } from './support/xsd.ts'

const credentials = { clID: 'droplock', password: 'foo<&>BAR2' }
const terms = { version: '1.0', lang: 'en', objects: [DOMAIN_URI], extensions: [RGP_URI] }
const order = { name: 'xn--fiqs8s.pl', years: 1, registrant: 'C-1', authInfo: 'a<b&c>"d' } as const

const xmlOf = (frame: Buffer) => frame.subarray(4).toString('utf8')
const valid = schemaCheck()

describe.skipIf(valid === undefined)(valid ? 'schemas' : NO_SHARED, () => {
  test.each([
    ['hello', helloXml()],
    ['login', loginXml(credentials, terms, 'L-1')],
    ['login without extensions', loginXml(credentials, { ...terms, extensions: [] }, 'L-1')],
    ['logout', logoutXml('L-2')],
    ['info', domainInfoXml('example.pl', 'I-1')],
    ['check', domainCheckXml(['example.pl', 'x.com.pl'], 'C-1')],
    ['create', xmlOf(prepareCreate(order).frame('D-1'))],
    [
      'create without registrant',
      xmlOf(prepareCreate({ name: 'a.pl', years: 1, authInfo: 'x' }).frame('D-1')),
    ],
  ])('the %s frame is valid', (_, xml) => {
    expect(() => valid?.(xml)).not.toThrow()
  })

  test('a wrong element order is noticed by the schemas', () => {
    const swapped = domainInfoXml('example.pl', 'I-1').replace(
      /(<info>.*<\/info>)(<clTRID>.*<\/clTRID>)/u,
      '$2$1',
    )
    expect(() => valid?.(swapped)).toThrow()
  })

  test('a create is valid whatever name, registrant and authInfo hold', () => {
    const text = fc
      .string({ minLength: 3, maxLength: 16, unit: 'grapheme' })
      .filter((s) => /^[^\s\p{Cc}\p{Cn}]{3,16}$/u.test(s))
    fc.assert(
      fc.property(text, text, text, (name, registrant, authInfo) => {
        valid?.(xmlOf(prepareCreate({ name, registrant, authInfo, years: 1 }).frame('D-1')))
      }),
    )
  })
})

test('only the clTRID changes between two frames of one prepared create', () => {
  const prepared = prepareCreate(order)
  expect(xmlOf(prepared.frame('ID-2000'))).toBe(xmlOf(prepared.frame('ID-1')).replace('ID-1', 'ID-2000'))
  expect(prepared.frame('ID-1').readUInt32BE()).toBe(prepared.frame('ID-1').length)
})

test('svcExtension is left out when there is no extension to log in with', () => {
  expect(loginXml(credentials, { ...terms, extensions: [] }, 'L-1')).not.toContain('svcExtension')
})

test.each(['ab', 'x'.repeat(65), 'a<b', 'a b c', ''])('the clTRID "%s" is refused', (clTRID) => {
  expect(() => logoutXml(clTRID)).toThrow(RangeError)
})

test.each(['short', 'longer-than-sixteen', ' spaced'])(
  'the password "%s" is refused, and not quoted',
  (password) => {
    const attempt = () => loginXml({ clID: 'droplock', password }, terms, 'L-1')
    expect(attempt).toThrow(RangeError)
    expect(attempt).not.toThrow(new RegExp(password, 'u'))
  },
)
