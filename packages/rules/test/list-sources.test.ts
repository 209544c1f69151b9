import { describe, expect, test } from 'vitest'
import { decideSource, type ListSourceTerms, mayMove, usualSource } from '../src/list-sources.ts'
import { Refusal } from '../src/refusals.ts'

const known = {
  isFormat: (format: string) => format === 'ietf-csv',
  isTimeZone: (zone: string) => zone === 'UTC',
}
const address = 'https://lists.example/drop.csv.gz'
const decide = (terms: Partial<ListSourceTerms>) => decideSource({ ...usualSource, address, ...terms }, known)

describe('a source', () => {
  test.each([
    ['a URL', { address }],
    ['a URL with a query', { address: 'http://lists.example:8080/a?b=c@d' }],
    ['a path', { address: '/lists' }],
    ['a path of Windows', { address: 'C:\\lists' }],
    ['a known format', { format: 'ietf-csv' }],
    ['credentials', { credentials: 'acme' }],
    ['a time of day', { expectedBy: '09:30' }],
    ['limits', { suspectedPercentMax: 0, movedPercentMax: 100, rowsPercentMin: 50 }],
  ])('may have %s', (_what, terms) => {
    expect(() => decide(terms)).not.toThrow()
  })

  test.each<[string, Partial<ListSourceTerms>]>([
    ['a password in its address', { address: 'https://me:hidden@lists.example/' }],
    ['a user in its address', { address: 'https://me@lists.example/' }],
    ['another scheme', { address: 'ftp://lists.example/' }],
    ['a relative path', { address: 'lists/drop.csv' }],
    ['an endless address', { address: `https://lists.example/${'x'.repeat(2_000)}` }],
    ['an unknown format', { format: 'xls' }],
    ['an unknown zone', { timeZone: 'Mars' }],
    ['no time of day', { expectedBy: '24:00' }],
    ['credentials for a path', { address: '/lists', credentials: 'acme' }],
    ['a part of a second', { pollSeconds: 0.5 }],
    ['no interval', { pollSeconds: 0 }],
    ['a limit above 100', { movedPercentMax: 101 }],
    ['a precedence without end', { precedence: 1_001 }],
    ['an allowance of two days', { lateAllowanceSeconds: 172_800 }],
    ['no age', { lateAfterSeconds: 0 }],
  ])('may not have %s', (_what, terms) => {
    expect(() => decide(terms)).toThrow(Refusal)
  })
})

const at = (time: string) => new Date(`2026-02-10T${time}:00Z`)

const list = (precedence: number, time: string) => ({ precedence, publishedAt: at(time) })

describe('of two lists of one zone and day', () => {
  test.each([
    ['the later one of the same precedence moves', list(0, '10:00'), list(0, '09:00'), true],
    ['the earlier one of the same precedence does not', list(0, '09:00'), list(0, '10:00'), false],
    ['the higher one moves, also when it came before', list(5, '09:00'), list(0, '10:00'), true],
    ['the lower one does not, also when it comes later', list(-1, '10:00'), list(0, '09:00'), false],
    ['a list moves where no other stands', list(-1, '10:00'), null, true],
  ])('%s', (_which, next, inForce, moves) => {
    expect(mayMove(next, inForce)).toBe(moves)
  })
})
