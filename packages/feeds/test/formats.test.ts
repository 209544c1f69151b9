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

conformance({
  format: 'pl-deleted',
  header: [`${'2026-02-10'} 08:10:56 MET`, ''],
  row: (name) => name,
  junk: 'a.pl;b.pl',
  isOfDeleted: true,
})

conformance({ format: 'se-text', header: [], row: (name, date) => `${name}\t${date}`, junk: 'a.pl' })

conformance({
  format: 'se-json',
  header: [],
  row: (name, date) => JSON.stringify({ name, release_at: date }),
  junk: '[]',
  document: (rows) => `{"data":[${rows.join(',\n')}]}`,
})

conformance({
  format: 'hexonet-csv',
  header: [],
  row: (name, date) => `${name};${date} 18:30:00`,
  junk: 'a.pl;2026-02-10 18:30:00;b',
  timeZone: 'Europe/Warsaw',
})

conformance({
  format: 'pool-csv',
  header: [],
  row: (name, date) =>
    `${name},${Number(date.slice(5, 7))}/${Number(date.slice(8))}/${date.slice(0, 4)} 6:30:00 PM,AUC`,
  junk: 'a.pl,2/10/2026 6:30:00 PM',
  timeZone: 'America/New_York',
})

describe('times without a zone', () => {
  const zones = new Set(['com'])
  const instants = async (
    format: 'hexonet-csv' | 'pool-csv',
    timeZone: string,
    ...lines: readonly string[]
  ) => {
    const { rows, rejects } = await read(`${lines.join('\n')}\n`, { format, zones, toAscii, timeZone })
    return [...rows.map(({ purgeAt }) => purgeAt?.toISOString()), ...rejects.map(({ reason }) => reason)]
  }

  test('are those of the source, in summer and in winter', async () => {
    expect(
      await instants(
        'hexonet-csv',
        'Europe/Berlin',
        'a.com;2026-02-10 18:30:15',
        'b.com;2026-07-10 18:30:15',
      ),
    ).toEqual(['2026-02-10T17:30:15.000Z', '2026-07-10T16:30:15.000Z'])
    expect(
      await instants(
        'pool-csv',
        'America/New_York',
        'a.com,2/9/2026 12:05:00 AM,AUC',
        'b.com,7/9/2026 12:05:00 PM,',
      ),
    ).toEqual(['2026-02-09T05:05:00.000Z', '2026-07-09T16:05:00.000Z'])
  })

  test('that a change of the clock skips or repeats are read as rule 13 says of a zone’s times', async () => {
    // 02:30 does not exist on 29 March, and exists twice on 25 October.
    expect(
      await instants(
        'hexonet-csv',
        'Europe/Berlin',
        'a.com;2026-03-29 02:30:00',
        'b.com;2026-10-25 02:30:00',
      ),
    ).toEqual(['2026-03-29T01:30:00.000Z', '2026-10-25T00:30:00.000Z'])
  })

  test('that do not exist are rejects', async () => {
    const bad = [
      '2026-02-30 10:00:00',
      '2026-02-10 24:00:00',
      '2026-02-10 10:00',
      '2026-02-10T10:00:00',
      '10.02.2026',
    ]
    const lines = bad.map((at, index) => `a${index}.com;${at}`)
    expect(await instants('hexonet-csv', 'UTC', ...lines)).toEqual(bad.map(() => 'invalid_date'))
    const us = ['2/30/2026 1:00:00 AM', '2/10/2026 0:00:00 AM', '2/10/2026 13:00:00 PM', '2/10/2026 1:00:00']
    const usLines = us.map((at, index) => `a${index}.com,${at},AUC`)
    expect(await instants('pool-csv', 'UTC', ...usLines)).toEqual(us.map(() => 'invalid_date'))
  })
})

describe('.pl deleted names', () => {
  const options = { format: 'pl-deleted', zones: new Set(['pl', 'com.pl']), toAscii } as const

  test('are of the day on which the registry made the list, by its clock', async () => {
    const { rows, summary } = await read('2026-04-07 08:10:56 MEST\n\na.pl\nb.com.pl\n', {
      ...options,
      today: '2026-04-07',
    })
    expect(rows).toMatchObject([
      { name: 'a.pl', dropDate: '2026-04-07', line: 3 },
      { name: 'b.com.pl', dropDate: '2026-04-07', line: 4 },
    ])
    expect(summary).toMatchObject({ complete: true, scope: { kind: 'increment', from: '2026-04-07' } })
  })

  test('may be old, and not of tomorrow', async () => {
    const list = '2026-04-07 08:10:56 MEST\n\na.pl\n'
    expect((await read(list, { ...options, today: '2026-05-07' })).rows).toHaveLength(1)
    expect((await read(list, { ...options, today: '2026-04-06' })).rejects).toMatchObject([
      { line: 3, reason: 'too_far_ahead' },
    ])
  })

  test('of an unknown zone or day are rejected, from the line that says so', async () => {
    for (const [first, reason] of [
      ['2026-04-07 08:10:56 IST', 'unknown_time_zone'],
      ['2026-04-31 08:10:56 MEST', 'invalid_date'],
      ['a.pl', 'invalid_date'],
    ] as const) {
      const { rows, rejects } = await read(`${first}\n\nb.pl\n`, options)
      expect(rows).toEqual([])
      expect(rejects.map(({ line, reason: why }) => [line, why])).toEqual([
        [1, reason],
        [3, 'invalid_date'],
      ])
    }
  })
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
