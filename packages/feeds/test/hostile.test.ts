import { gzipSync } from 'node:zlib'
import { isWellFormed } from '@droplock/rules/text'
import { array, assert, asyncProperty, constantFrom, string, tuple } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { detectFormat } from '../src/detect-format.ts'
import { INFLATE_RATIO_MAX } from '../src/intake/inflate.ts'
import { BLANK_LINES_MAX, type ReadOptions, readDropList } from '../src/read-drop-list.ts'
import { collect, inChunks, read, toAscii } from './support.ts'

const header = 'TLD,DOMAIN,EXPIRED,PURGED'
const today = '2026-02-10'
const csv: ReadOptions = { format: 'ietf-csv', zones: new Set(['com']), toAscii, today }
const pl: ReadOptions = {
  format: 'pl-text',
  zones: new Set(['pl', 'com.pl']),
  toAscii,
  dropDate: today,
  today,
}

const reasonsOf = async (list: string | Uint8Array, options: ReadOptions) =>
  (await read(list, options)).rejects.map(({ reason }) => reason)

describe('text that cannot be stored', () => {
  test.each([
    ['a NUL', 'a\0b.pl', 'a\ufffdb.pl'],
    ['a control character', 'a\u0007.pl', 'a\ufffd.pl'],
    ['an escape', '\u001b[31ma.pl', '\ufffd[31ma.pl'],
  ])('%s makes its row a reject with line and reason, and no other row', async (_what, bad, raw) => {
    const { rows, rejects } = await read(`a.pl\n${bad}\nc.pl\n`, pl)
    expect(rows.map(({ name }) => name)).toEqual(['a.pl', 'c.pl'])
    expect(rejects).toEqual([{ kind: 'reject', line: 2, reason: 'not_text', raw }])
  })

  test('in UTF-16 is read by its byte order mark, in chunks of any size', async () => {
    const littleEndian = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('a.pl\nb.pl\n', 'utf16le')])
    const bigEndian = Buffer.from(littleEndian).swap16()
    for (const list of [littleEndian, bigEndian, gzipSync(bigEndian)])
      for (const chunkBytes of [1, 3, 4_096])
        expect((await read(list, pl, chunkBytes)).rows.map(({ name }) => name)).toEqual(['a.pl', 'b.pl'])
  })

  test('in another encoding is rejected line by line', async () => {
    // CESU-8, a lone surrogate, and Latin-1: no UTF-8, so U+FFFD stands there and is in no name.
    for (const octets of [
      [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80],
      [0xed, 0xa0, 0x80],
      [0x62, 0xfc],
    ]) {
      const list = Buffer.concat([Buffer.from('a.pl\n'), Buffer.from(octets), Buffer.from('.pl\nc.pl\n')])
      const { rows, rejects } = await read(list, pl)
      expect(rows).toHaveLength(2)
      expect(rejects).toMatchObject([{ line: 2, reason: 'invalid_name' }])
    }
  })

  test('a byte order mark is skipped at the start, and only there', async () => {
    expect((await read('\uFEFFa.pl\n', pl)).rows).toHaveLength(1)
    expect((await read('a.pl\n\uFEFFb.pl\n', pl)).rejects).toMatchObject([
      { line: 2, reason: 'invalid_name' },
    ])
  })

  test('is never returned, for any input', async () => {
    const piece = constantFrom(
      '\0',
      '\u0001',
      '\ud83d',
      '\ude00',
      '\u{1f600}',
      ',',
      '\n',
      '\r',
      ' ',
      'a.com',
      '.',
      '"',
    )
    const line = tuple(array(piece, { maxLength: 300 }), string({ unit: 'binary' }))
    await assert(
      asyncProperty(array(line, { maxLength: 4 }), constantFrom(csv, pl), async (lines, options) => {
        const text = lines.map(([pieces, tail]) => `${pieces.join('')}${tail}`).join('\n')
        const { entries, rejects, summary } = await read(text, options, 7)
        expect(entries).toHaveLength(summary.rows + summary.rejects)
        for (const { raw } of rejects) {
          expect(isWellFormed(raw)).toBe(true)
          expect(raw.length).toBeLessThanOrEqual(200)
        }
      }),
    )
  })
})

describe('a name that is not what it seems', () => {
  test.each([
    ['a zero-width space', 'a\u200bb.pl'],
    ['a soft hyphen', 'a\u00adb.pl'],
    ['a byte order mark', 'a\ufeffb.pl'],
    ['a word joiner', 'a\u2060b.pl'],
    ['a mark of the writing direction', 'a\u202eb.pl'],
    ['an invisible separator', 'a\u2063b.pl'],
    ['a variation selector', 'a\ufe0fb.pl'],
    ['a zero-width space at its end', 'ab.pl\u200b'],
    ['a joiner where no script has one', 'a\u200cb.pl'],
  ])('%s makes its row a reject, and does not vanish', async (_what, name) => {
    const { rows, rejects } = await read(`${name}\nc.pl\n`, pl)
    expect(rows.map((row) => row.name)).toEqual(['c.pl'])
    expect(rejects).toMatchObject([{ line: 1, reason: 'invalid_name' }])
  })

  test('letters of two scripts in one label make its row a reject, and those that are written together do not', async () => {
    // Cyrillic а before Latin letters; Greek and Latin; two labels with a script each.
    expect(await reasonsOf('аpple.pl\nαbc.pl\nабв.pl\n', pl)).toEqual(['mixed_script', 'mixed_script'])
    const { rows } = await read(
      'ラーメンabc.pl\n日本go.pl\n한글abc.pl\n中文ㄅ.pl\nżółw-1.pl\nxn--pple-43d.pl\n',
      pl,
    )
    expect(rows).toHaveLength(6)
  })
})

describe('an impossible date', () => {
  test.each([
    ['0000-00-00T00:00:00Z', 'invalid_date'],
    ['0000-01-01T00:00:00Z', 'past_date'],
    ['-0001-01-01T00:00:00Z', 'invalid_date'],
    ['+010000-01-01T00:00:00Z', 'invalid_date'],
    ['+275760-09-13T00:00:00Z', 'invalid_date'],
    ['275760-09-13T00:00:00Z', 'invalid_date'],
    ['9999-12-31T23:59:59Z', 'too_far_ahead'],
    ['2026-04-12T00:00:00Z', 'too_far_ahead'],
    ['2026-02-09T23:59:59Z', 'past_date'],
    ['2026-02-31T00:00:00Z', 'invalid_date'],
    ['infinity', 'invalid_date'],
    ['1e99', 'invalid_date'],
  ])('%s makes its row a reject: %s', async (purged, reason) => {
    expect(await reasonsOf(`${header}\ncom,a.com,,${purged}\n`, csv)).toEqual([reason])
  })

  test('60 days ahead is the last date that is accepted', async () => {
    const { rows } = await read(`${header}\ncom,a.com,,2026-04-11T23:59:59Z\n`, csv)
    expect(rows).toMatchObject([{ dropDate: '2026-04-11' }])
  })

  test.each([
    ['0000-00-00', 'invalid_date'],
    ['2026-02-09', 'past_date'],
    ['9999-12-31', 'too_far_ahead'],
  ])('%s declared beside a list makes all its rows rejects: %s', async (dropDate, reason) => {
    expect(await reasonsOf('a.pl\nb.pl\n', { ...pl, dropDate })).toEqual([reason, reason])
  })
})

describe('a list that was cut', () => {
  test.each(['b', 'b.', 'b.p', 'b.com', 'b.com.', 'b.com.p', 'xn--'])(
    'in its last name, at %s, is truncated',
    async (half) => {
      const { rejects, summary } = await read(`a.pl\n${half}`, pl)
      expect(rejects).toMatchObject([{ line: 2, reason: 'truncated', raw: half }])
      expect(summary.complete).toBe(false)
    },
  )

  test.each(['b.pl', 'b.example', 'a.pl'])(
    'a list whose last line, %s, lacks only its line end is complete',
    async (last) => {
      expect((await read(`a.pl\n${last}`, pl)).summary.complete).toBe(true)
    },
  )
})

describe('a list that is made to keep the reader busy', () => {
  test('of line ends only: reading stops, compressed at once, plain after a few thousand', async () => {
    const lineEnds = Buffer.alloc(40_000_000, '\n')
    for (const [list, entriesMax] of [
      [gzipSync(lineEnds), 1],
      [lineEnds, BLANK_LINES_MAX + 1],
    ] as const) {
      const { entries, summary } = await read(list, csv)
      expect(entries).toHaveLength(entriesMax)
      expect(entries.at(-1)).toMatchObject({ kind: 'reject', reason: 'beyond_limits', line: entriesMax })
      expect(summary.complete).toBe(false)
    }
  })

  test(`inflating to more than ${INFLATE_RATIO_MAX} times its size: reading stops`, async () => {
    const bomb = gzipSync(Buffer.alloc(30_000_000, 'x'))
    const { rejects, summary } = await read(bomb, csv)
    expect(rejects).toMatchObject([{ line: 1, reason: 'beyond_limits' }])
    expect(rejects[0]?.raw.length).toBeLessThanOrEqual(200)
    expect(summary.complete).toBe(false)
  })

  test('inflating to more than its absolute bound: reading stops', async () => {
    const names = Array.from({ length: 2_000 }, (_, index) => `${(index * 7_919) % 104_729}.pl\n`).join('')
    const { rows, rejects } = await read(gzipSync(names), { ...pl, inflatedBytesMax: names.length - 1 })
    expect(rows.length).toBeLessThan(2_000)
    expect(rejects).toMatchObject([{ reason: 'beyond_limits' }])
    const whole = await read(gzipSync(names), { ...pl, inflatedBytesMax: names.length })
    expect(whole.rows).toHaveLength(2_000)
  })

  test('a small list of similar rows is read, however well it is compressed', async () => {
    const rows = Array.from({ length: 9_000 }, () => 'a.pl\n').join('')
    const gzip = gzipSync(rows)
    expect(rows.length / gzip.length).toBeGreaterThan(INFLATE_RATIO_MAX)
    expect((await read(gzip, pl)).summary).toMatchObject({ rows: 1, rejects: 8_999, complete: true })
  })
})

describe('a document that is made to keep the reader busy', () => {
  const se: ReadOptions = { format: 'se-json', zones: new Set(['se']), toAscii, today }
  const element = (name: string) => `{"name":"${name}","release_at":"${today}"}`
  const end = async (text: string) => {
    const { rows, rejects, summary } = await read(text, se)
    return [rows.length, rejects.at(-1)?.reason, rejects.at(-1)?.line, summary.complete]
  }

  test.each([
    ['a string of 10 MB', `{"data":[${element('a.se')},{"name":"${'x'.repeat(10_000_000)}"}]}`],
    ['a million levels', `{"data":[${element('a.se')},${'['.repeat(1_000_000)}`],
    ['a number of 10 MB', `{"data":[${element('a.se')},${'1'.repeat(10_000_000)}]}`],
    ['an element of a million members', `{"data":[${element('a.se')},{${'"a":1,'.repeat(1_000_000)}"b":1}]}`],
  ])('%s: reading stops', async (_what, text) => {
    expect(await end(text)).toEqual([1, 'beyond_limits', 2, false])
  })

  test.each([
    ['in an element', `{"data":[${element('a.se')},{"name":"b.se`],
    ['after an element', `{"data":[${element('a.se')}`],
    ['before the last bracket', `{"data":[${element('a.se')}]`],
  ])('cut %s: the rows before are read, and the list is truncated', async (_what, text) => {
    expect(await end(text)).toEqual([1, 'truncated', 2, false])
  })

  test('that is no JSON from some place on: the rows before are read, and the list is truncated', async () => {
    expect(await end(`{"data":[${element('a.se')},<html>]}`)).toEqual([1, 'truncated', 2, false])
  })

  test('whose elements are of any kind: each is a reject at its place, and the others are read', async () => {
    const text = `{"meta":{"data":[1]},"data":[${element('a.se')},7,null,"b.se",[],{"name":7},{"name":"c.se","release_at":"soon"},${element('d.se')}],"more":[{}]}`
    const { rows, rejects, summary } = await read(text, se, 5)
    expect(rows).toMatchObject([
      { name: 'a.se', line: 1 },
      { name: 'd.se', line: 8 },
    ])
    expect(rejects.map(({ line, reason }) => [line, reason])).toEqual([
      [2, 'malformed'],
      [3, 'malformed'],
      [4, 'malformed'],
      [5, 'malformed'],
      [6, 'malformed'],
      [7, 'invalid_date'],
    ])
    expect(summary.complete).toBe(true)
  })
})

describe('a list that would keep a process busy', () => {
  test('an endless line is one reject and is not kept in memory', async () => {
    const line = Buffer.alloc(10_000_000, 'a.')
    const { rows, rejects } = await read(Buffer.concat([line, Buffer.from('\nb.pl\n')]), pl)
    expect(rejects).toMatchObject([{ line: 1, reason: 'malformed' }])
    expect(rows).toMatchObject([{ name: 'b.pl', line: 2 }])
  })

  test('yields to the event loop regularly', async () => {
    const list = Buffer.from('x\n'.repeat(400_000))
    let turns = 0
    const count = () => {
      turns += 1
      timer = setImmediate(count)
    }
    let timer = setImmediate(count)
    const { rejects } = await read(list, pl, list.length)
    clearImmediate(timer)
    expect(rejects).toHaveLength(400_000)
    expect(turns).toBeGreaterThanOrEqual(400)
  })

  test('is not read further once its signal aborts', async () => {
    const stop = new AbortController()
    const lines = inChunks(Buffer.from('x\n'.repeat(50_000)), 1_000)
    let chunks = 0
    async function* source() {
      for await (const chunk of lines) {
        chunks += 1
        if (chunks === 3) stop.abort(new Error('aborted by the caller'))
        yield chunk
      }
    }
    const reading = collect(readDropList(source(), { ...pl, signal: stop.signal }))
    await expect(reading).rejects.toThrow('aborted by the caller')
    expect(chunks).toBe(3)
  })

  test('has a long first line whose format is detected in linear time', () => {
    const dots = gzipSync(Buffer.concat([Buffer.alloc(400_000, 'a.'), Buffer.from(',')]))
    expect(detectFormat('list.txt', dots)).toBeUndefined()
  }, 2_000)
})
