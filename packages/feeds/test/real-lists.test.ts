import { createReadStream, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { detectFormat } from '../src/detect-format.ts'
import { readDropList } from '../src/read-drop-list.ts'
import { collect, realLists, toAscii } from './support.ts'

const folder = realLists
const title =
  folder === undefined
    ? 'real .pl lists (SKIPPED: the folder shared/data/pl is not beside this checkout)'
    : 'real .pl lists'

describe.skipIf(folder === undefined)(title, () => {
  const files = folder === undefined ? [] : readdirSync(folder).filter((name) => name.endsWith('.txt'))
  const lists = files.map((name) => {
    const url = new URL(name, folder)
    return { name, url, lines: readFileSync(url, 'utf8').trimEnd().split('\n') }
  })
  // The registry serves the suffix of every name it deletes.
  const zones = new Set(lists.flatMap(({ lines }) => lines.map((line) => line.slice(line.indexOf('.') + 1))))

  test('are there: seven days, 20,309 names', () => {
    expect(lists).toHaveLength(7)
    expect(lists.flatMap(({ lines }) => lines)).toHaveLength(20_309)
  })

  test('read to one row a line, all of one date', async () => {
    for (const { name, url, lines } of lists) {
      const detected = detectFormat(name, Buffer.from(lines.join('\n')))
      if (detected === undefined) throw new Error(`${name} was not recognised`)
      const entries = await collect(readDropList(createReadStream(url), { ...detected, zones, toAscii }))
      expect(entries).toMatchObject(
        lines.map((line, index) => ({
          kind: 'row',
          name: line,
          line: index + 1,
          dropDate: name.slice(0, 10),
        })),
      )
    }
  })

  test('with fewer zones served reject the rest, and lose no line', async () => {
    for (const { url, lines } of lists) {
      const options = {
        format: 'pl-text',
        dropDate: '2026-02-09',
        zones: new Set(['com.pl']),
        toAscii,
      } as const
      const entries = await collect(readDropList(createReadStream(url), options))
      expect(entries).toHaveLength(lines.length)
      const served = lines.filter((line) => line.endsWith('.com.pl'))
      expect(entries.flatMap((entry) => (entry.kind === 'row' ? [entry.name] : []))).toEqual(served)
    }
  })
})
