import { describe, expect, test } from 'vitest'
import { decideSource, type ListSourceTerms, usualSource } from '../src/list-sources.ts'
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
