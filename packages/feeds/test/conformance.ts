import { constants, gunzipSync, gzipSync } from 'node:zlib'
import { assert, asyncProperty, uint8Array } from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DropListFormat } from '../src/formats/formats.ts'
import { type ReadOptions, readDropList } from '../src/read-drop-list.ts'
import { collect, read, toAscii } from './support.ts'

/** Writes lists of a format, so that one suite can test every format. */
type Writer = {
  readonly format: DropListFormat
  /** Lines before the first row. */
  readonly header: readonly string[]
  /** The row of a name that drops on `dropDate`. */
  row(name: string, dropDate: string): string
  /** A line that is not a row. */
  readonly junk: string
  /** A list of these rows, where it is not one line for each. */
  document?(rows: readonly string[]): string
  /** The zone of times that the list has without one. */
  readonly timeZone?: string
  /** Names were deleted, and are not listed: dates in the past are right. */
  readonly isOfDeleted?: boolean
}

const zones = new Set(['pl', 'com.pl', 'xn--p1ai'])
const dropDate = '2026-02-10'

/** Options for the writer's format, functions that write lists, and the line number of the first row. */
function lists({ format, header, row, junk, document, timeZone }: Writer) {
  const options: ReadOptions = { format, zones, toAscii, dropDate, ...(timeZone && { timeZone }) }
  const list =
    document ?? ((rows: readonly string[]) => [...header, ...rows].map((line) => `${line}\n`).join(''))
  const named = (...names: readonly string[]) => list(names.map((name) => row(name, dropDate)))
  return { options, header, row, junk, list, named, firstLine: header.length + 1 }
}

/** The guarantees of every drop-list reader (rule 16: lists are dirty). */
export function conformance(writer: Writer): void {
  describe(`a list in ${writer.format}`, () => {
    readsRows(writer)
    reportsItsScope(writer)
    survivesAnything(writer)
    survivesBrokenFiles(writer)
    // Of a document, places are those of elements, and there are no lines that could be dirty or cut.
    if (writer.document !== undefined) return
    survivesDirt(writer)
    survivesCuts(writer)
  })
}

function readsRows(writer: Writer): void {
  const { options, named, firstLine } = lists(writer)

  test('gives each row its name, zone, date and line, in file order', async () => {
    const { rows, rejects } = await read(named('b.pl', 'a.com.pl'), options)
    expect(rows).toMatchObject([
      { name: 'b.pl', zone: 'pl', dropDate, line: firstLine },
      { name: 'a.com.pl', zone: 'com.pl', dropDate, line: firstLine + 1 },
    ])
    expect(rejects).toEqual([])
  })

  test('reads the same plain and gzip, in chunks of any size', async () => {
    const text = named('a.pl', 'испытание.рф', 'b.com.pl', 'nowhere.example')
    const whole = await read(text, options)
    for (const bytes of [Buffer.from(text), gzipSync(text)]) {
      for (const chunkBytes of [1, 2, 3, 7, 4_096]) {
        expect(await read(bytes, options, chunkBytes)).toEqual(whole)
      }
    }
  })

  test('counts the first of duplicates, however they are written', async () => {
    const { rows, rejects } = await read(named('a.pl', 'b.pl', 'A.pl.'), options)
    expect(rows.map(({ name }) => name)).toEqual(['a.pl', 'b.pl'])
    expect(rejects).toMatchObject([{ line: firstLine + 2, reason: 'duplicate' }])
  })

  test('rejects dates before today, and none where no today is given', async () => {
    if (writer.isOfDeleted === true) return
    const text = named('a.pl')
    expect((await read(text, options)).rows).toHaveLength(1)
    expect((await read(text, { ...options, today: dropDate })).rows).toHaveLength(1)
    const late = await read(text, { ...options, today: '2026-02-11' })
    expect(late.rejects).toMatchObject([{ reason: 'past_date' }])
  })
}

function survivesDirt(writer: Writer): void {
  const { options, list, named, row, junk, firstLine } = lists(writer)

  test('reads the same with a byte order mark, CRLF, upper case, trailing dots, U-labels and white space', async () => {
    const plain = await read(named('a.pl', 'xn--80akhbyknj4f.xn--p1ai', 'c.com.pl'), options)
    const dirty = `\uFEFF${named('A.PL.', 'испытание.рф', ' c.Com.pl ').replaceAll('\n', '\r\n')}`
    expect((await read(dirty, options)).entries).toEqual(plain.entries)
  })

  test('rejects bad rows with their line and reason, and reads on', async () => {
    const bad = [
      [junk, 'malformed'],
      ...(writer.isOfDeleted === true ? [] : ([['', 'empty']] as const)),
      [row('-a.pl', dropDate), 'invalid_name'],
      [row('a.example', dropDate), 'zone_not_served'],
      [row('www.x.com.pl', dropDate), 'below_registrable'],
      [row('com.pl', dropDate), 'is_a_zone'],
      ['y'.repeat(5_000), 'malformed'],
    ] as const
    const { rows, rejects } = await read(
      list([...bad.map(([line]) => line), row('last.pl', dropDate)]),
      options,
    )
    expect(rejects).toEqual(
      bad.map(([line, reason], index) => ({
        kind: 'reject',
        line: firstLine + index,
        raw: line.slice(0, 200),
        reason,
      })),
    )
    expect(rows).toMatchObject([{ name: 'last.pl', line: firstLine + bad.length }])
  })
}

function survivesAnything(writer: Writer): void {
  const { options, named } = lists(writer)

  test('of arbitrary bytes never throws, and returns an entry for every line', async () => {
    await assert(
      asyncProperty(uint8Array({ maxLength: 600 }), async (bytes) => {
        const { entries, summary } = await read(bytes, options, 64)
        expect(entries).toHaveLength(summary.rows + summary.rejects)
      }),
    )
  })

  test('throws the error of a source that fails', async () => {
    await expect(collect(readDropList(failingAfter(named('a.pl')), options))).rejects.toThrow(
      'connection reset',
    )
  })
}

function reportsItsScope(writer: Writer): void {
  const { options, named } = lists(writer)

  test('reports its zones and dates', async () => {
    const { summary } = await read(named('a.pl', 'b.com.pl', 'c.example'), options)
    expect(summary).toMatchObject({ rows: 2, rejects: 1, complete: true })
    expect(summary.scope).toMatchObject({ zones: ['com.pl', 'pl'], from: dropDate, to: dropDate })
  })

  test('takes the scope that the caller declares', async () => {
    for (const scopeKind of ['snapshot', 'increment'] as const) {
      const { summary } = await read(named('a.pl'), { ...options, scopeKind })
      expect(summary.scope.kind).toBe(scopeKind)
    }
  })

  test('when empty has no rows, no zones and no dates', async () => {
    for (const empty of ['', '\uFEFF']) {
      expect((await read(empty, options)).summary).toMatchObject({
        rows: 0,
        rejects: 0,
        scope: { zones: [] },
      })
    }
  })
}

function survivesBrokenFiles(writer: Writer): void {
  const { options, named, firstLine } = lists(writer)

  test('damaged in its gzip never throws, and is incomplete', async () => {
    const gzip = gzipSync(named(...Array.from({ length: 300 }, (_, index) => `${index}.pl`)))
    const middle = Math.floor(gzip.length / 2)
    gzip.fill(0xff, middle, middle + 20)
    const { rejects, summary } = await read(gzip, options)
    expect(summary.complete).toBe(false)
    expect(rejects.at(-1)).toMatchObject({ reason: 'truncated' })
  })

  test('in several gzip members, or padded with zeros, is complete', async () => {
    const text = named('a.pl', 'b.pl')
    const members = Buffer.concat([
      gzipSync(text.slice(0, 20)),
      gzipSync(text.slice(20)),
      Buffer.alloc(9_000),
    ])
    for (const chunkBytes of [10, 65_536]) {
      const { rows, summary } = await read(members, options, chunkBytes)
      expect(rows.map(({ name }) => name)).toEqual(['a.pl', 'b.pl'])
      expect(summary.complete).toBe(true)
    }
  })

  test('with more names than the bound is incomplete', async () => {
    const { rows, rejects, summary } = await read(named('a.pl', 'b.pl', 'c.pl'), {
      ...options,
      namesMax: 2,
    })
    expect(rows).toHaveLength(2)
    expect(rejects).toMatchObject([{ line: firstLine + 2, reason: 'beyond_limits' }])
    expect(summary.complete).toBe(false)
  })
}

function survivesCuts(writer: Writer): void {
  const { options, header, named } = lists(writer)

  test('cut anywhere in its gzip gives every complete row before the cut, then one reject, and is an increment', async () => {
    const names = Array.from({ length: 300 }, (_, index) => `${(index * 7_919) % 104_729}-x.pl`)
    const gzip = gzipSync(named(...names))
    const step = 1 + Math.floor(gzip.length / 60)
    for (let bytes = 2; bytes < gzip.length; bytes += step) {
      const head = gzip.subarray(0, bytes)
      const text = gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH }).toString()
      const { rows, rejects, summary } = await read(head, { ...options, scopeKind: 'snapshot' }, 50)
      expect(rows).toHaveLength(Math.max(0, text.split('\n').length - 1 - header.length))
      expect(rejects).toMatchObject([{ reason: 'truncated', raw: text.split('\n').at(-1) }])
      expect(summary).toMatchObject({ complete: false, scope: { kind: 'increment' } })
    }
  })
}

async function* failingAfter(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
  throw new Error('connection reset')
}
