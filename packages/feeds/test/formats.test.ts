import { describe, expect, test } from 'vitest'
import { conformance } from './conformance.ts'
import { read, toAscii } from './support.ts'

conformance({ format: 'pl-text', header: [], row: (name) => name, junk: 'a.pl;b.pl' })

conformance({
  format: 'ietf-csv',
  header: ['TLD,DOMAIN,EXPIRED,PURGED'],
  row: (name, date) => {
    const tld = name
      .replace(/[.\s]+$/, '')
      .split('.')
      .at(-1)
    return `${tld},${name},2025-12-01T00:00:00Z,${date}T10:30:00Z`
  },
  junk: 'com,a.com,2026-02-10T10:30:00Z',
})

describe('.pl text', () => {
  const options = { format: 'pl-text', zones: new Set(['pl']), toAscii } as const

  test('is an increment, without instants', async () => {
    const { rows, summary } = await read('a.pl\n', { ...options, dropDate: '2026-02-10' })
    expect(rows[0]).not.toHaveProperty('purgeAt')
    expect(summary.scope.kind).toBe('increment')
  })

  test('without a real date has no rows', async () => {
    for (const dropDate of [undefined, '2026-02-30', '10.02.2026']) {
      const { rejects } = await read('a.pl\n', dropDate === undefined ? options : { ...options, dropDate })
      expect(rejects).toMatchObject([{ line: 1, reason: 'invalid_date' }])
    }
  })
})

const header = 'TLD,DOMAIN,EXPIRED,PURGED'
const row = 'com,a.com,2025-12-01T00:00:00Z,2026-02-10T10:30:00Z'
const csvOptions = { format: 'ietf-csv', zones: new Set(['com', 'net', 'xn--p1ai']), toAscii } as const

describe('IETF CSV', () => {
  test('is a snapshot of the zones and dates it lists', async () => {
    const other = 'net,b.net,2025-12-01T00:00:00Z,2026-02-12T00:00:00Z'
    const { summary } = await read(`${header}\n${row}\n${other}\n`, csvOptions)
    expect(summary.scope).toEqual({
      kind: 'snapshot',
      zones: ['com', 'net'],
      from: '2026-02-10',
      to: '2026-02-12',
    })
  })

  test('gives the purge instant, and the date it falls on in UTC', async () => {
    const { rows } = await read(`${header}\n${row}\n`, csvOptions)
    expect(rows).toMatchObject([{ dropDate: '2026-02-10', purgeAt: new Date('2026-02-10T10:30:00Z') }])
  })

  test('without a header is read in the order of the draft', async () => {
    const { rows, rejects } = await read(`${row}\n`, csvOptions)
    expect(rows).toMatchObject([{ name: 'a.com', line: 1 }])
    expect(rejects).toEqual([])
  })

  test('finds moved and added columns by the header, in any case and in quotes', async () => {
    const { rows } = await read(
      '"Purged",note,domain,tld\n"2026-02-10T10:30:00Z",x,"a.com",".COM"\n',
      csvOptions,
    )
    expect(rows).toMatchObject([{ name: 'a.com' }])
  })

  test('loses one row to a stray quote, not those after it', async () => {
    const { rows, rejects } = await read(`${header}\n"${row}\n${row}\n`, csvOptions)
    expect(rejects).toMatchObject([{ line: 2, reason: 'malformed' }])
    expect(rows).toMatchObject([{ name: 'a.com', line: 3 }])
  })
})

describe('IETF CSV with faults', () => {
  test('rejects a name that is not in the TLD of its row', async () => {
    const { rejects } = await read(`${header}\n${row.replace('com,', 'net,')}\n`, csvOptions)
    expect(rejects).toMatchObject([{ reason: 'malformed' }])
  })

  test('rejects dates that do not exist or are not in UTC', async () => {
    const dates = [
      '2026-02-30T00:00:00Z',
      '2026-02-10T24:00:00Z',
      '2026-02-10T10:00:00',
      '2026-02-10',
      'soon',
    ]
    const lines = dates.map((date, index) => `com,a${index}.com,2025-12-01T00:00:00Z,${date}\n`)
    const { rejects } = await read(`${header}\n${lines.join('')}`, csvOptions)
    expect(rejects.map(({ reason }) => reason)).toEqual(dates.map(() => 'invalid_date'))
  })

  test('that ends in half a row is incomplete', async () => {
    for (const characters of [1, 3, 8, 30, row.length - 1]) {
      const { rejects, summary } = await read(`${header}\n${row.slice(0, characters)}`, csvOptions)
      expect(rejects).toMatchObject([{ line: 2, reason: 'truncated' }])
      expect(summary.complete).toBe(false)
    }
  })

  test('whose last row lacks only its line end is whole', async () => {
    const { rows, summary } = await read(`${header}\n${row}`, csvOptions)
    expect(rows).toHaveLength(1)
    expect(summary.complete).toBe(true)
  })
})
