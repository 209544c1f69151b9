import { domainToASCII } from 'node:url'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseName } from '../src/names.ts'

const toAscii = (name: string): string | undefined => domainToASCII(name) || undefined
const neverAsked = (name: string): never => {
  throw new Error(`asked to map ${name}`)
}
const zones: ReadonlySet<string> = new Set(['pl', 'com.pl', 'com', 'xn--p1ai'])

const parse = (raw: string) => parseName(raw, zones, toAscii)
const long = (length: number) => 'a'.repeat(length)

describe('accepted', () => {
  test.each([
    ['0ge.pl', '0ge.pl', 'pl'],
    ['X.com.pl', 'x.com.pl', 'com.pl'],
    ['com.com', 'com.com', 'com'],
    ['  x.pl. \r', 'x.pl', 'pl'],
    ['żółw.pl', 'xn--w-uga1v8h.pl', 'pl'],
    ['ŻÓŁW.PL.', 'xn--w-uga1v8h.pl', 'pl'],
    ['x。pl。', 'x.pl', 'pl'],
    ['пример.рф', 'xn--e1afmkfd.xn--p1ai', 'xn--p1ai'],
    ['XN--W-UGA1V8H.pl', 'xn--w-uga1v8h.pl', 'pl'],
    ['faß.com', 'xn--fa-hia.com', 'com'],
    ['a--b.pl', 'a--b.pl', 'pl'],
    ['1.com', '1.com', 'com'],
    [`${long(63)}.pl`, `${long(63)}.pl`, 'pl'],
  ])('%j is %s in %s', (raw, name, zone) => {
    expect(parse(raw)).toEqual({ kind: 'name', name, zone })
  })
})

describe('rejected', () => {
  test.each([
    ['', 'empty'],
    [' \t', 'empty'],
    ['.', 'empty'],
    ['com.pl', 'is_a_zone'],
    ['PL.', 'is_a_zone'],
    ['a.x.com.pl', 'below_registrable'],
    ['x.wielun.pl', 'below_registrable'],
    ['www.x.com', 'below_registrable'],
    ['x.de', 'zone_not_served'],
    ['x.pl.de', 'zone_not_served'],
    ['xpl', 'zone_not_served'],
    ['localhost', 'zone_not_served'],
    ['a_b.pl', 'invalid_name'],
    ['a b.pl', 'invalid_name'],
    ['-a.pl', 'invalid_name'],
    ['a-.pl', 'invalid_name'],
    ['a-.com.pl', 'invalid_name'],
    ['ab--c.pl', 'invalid_name'],
    ['xn--.pl', 'invalid_name'],
    ['a..pl', 'invalid_name'],
    ['.pl', 'invalid_name'],
    ['x.pl..', 'invalid_name'],
    ['*.pl', 'invalid_name'],
    ['x.pl\0', 'invalid_name'],
    ['x,pl', 'invalid_name'],
    ['http://x.pl', 'invalid_name'],
    // Nobody sees them, and UTS-46 removes them: what is left is another name.
    ['\uFEFFx.pl', 'invalid_name'],
    ['x\u200b.pl', 'invalid_name'],
    ['x\u00ad.pl', 'invalid_name'],
    ['ż\u2060x.pl', 'invalid_name'],
    ['x\u202e.pl', 'invalid_name'],
    ['аx.pl', 'mixed_script'],
    ['ż_b.pl', 'invalid_name'],
    ['ä\u00a0b.pl', 'invalid_name'],
    [`${long(64)}.pl`, 'invalid_name'],
    [`${'ż'.repeat(63)}.pl`, 'invalid_name'],
    [`${`${long(49)}.`.repeat(5)}com`, 'below_registrable'],
    [`${`${long(49)}.`.repeat(5)}a.com`, 'invalid_name'],
    [`${'\u00ad'.repeat(1_000)}x.pl`, 'invalid_name'],
  ])('%j: %s', (raw, reason) => {
    expect(parse(raw)).toEqual({ kind: 'reject', reason })
  })
})

test('of two served zones that fit, the longest counts', () => {
  expect(parseName('x.com.pl', new Set(['pl', 'com.pl']), toAscii)).toEqual({
    kind: 'name',
    name: 'x.com.pl',
    zone: 'com.pl',
  })
  expect(parseName('x.com.pl', new Set(['pl']), toAscii)).toEqual({
    kind: 'reject',
    reason: 'below_registrable',
  })
  expect(parseName('com.pl', new Set(['pl']), toAscii)).toEqual({ kind: 'name', name: 'com.pl', zone: 'pl' })
})

test('an ASCII name, valid or not, is never mapped by IDNA', () => {
  for (const raw of ['x.pl', 'X.PL.', 'xn--w-uga1v8h.pl', 'a_b.pl', '-.pl', `${long(64)}.pl`]) {
    expect(() => parseName(raw, zones, neverAsked)).not.toThrow()
  }
})

test('an IDNA mapping that gives no LDH name is rejected', () => {
  for (const mapped of ['', '.', 'a b.pl', 'Ä.pl', 'A.pl', `${long(64)}.pl`]) {
    expect(parseName('ä.pl', zones, () => mapped)).toEqual({ kind: 'reject', reason: 'invalid_name' })
  }
})

const anyText = fc.oneof(
  fc.domain().map((domain) => `${domain.split('.')[0]}.pl`),
  fc.string({ unit: fc.constantFrom(...'ab-.xn ż_') }).map((text) => `${text}.pl`),
  fc.string({ unit: 'grapheme' }),
)

test('every accepted text is a lower-case LDH name of one label under a served zone', () => {
  fc.assert(
    fc.property(anyText, (raw) => {
      const parsed = parse(raw)
      if (parsed.kind === 'reject') return
      expect(zones).toContain(parsed.zone)
      const label = parsed.name.slice(0, -parsed.zone.length - 1)
      expect(`${label}.${parsed.zone}`).toBe(parsed.name)
      expect(label).toMatch(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/)
      expect(label.slice(2, 4) === '--' && !label.startsWith('xn')).toBe(false)
    }),
    { numRuns: 1_000 },
  )
})

test('a parsed name parses to itself, also in upper case, with a trailing dot and blanks around it', () => {
  fc.assert(
    fc.property(anyText, (raw) => {
      const parsed = parse(raw)
      if (parsed.kind === 'reject') return
      expect(parse(parsed.name)).toEqual(parsed)
      expect(parse(`\t${parsed.name.toUpperCase()}.\r\n`)).toEqual(parsed)
    }),
  )
})
