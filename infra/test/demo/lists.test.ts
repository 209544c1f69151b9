import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readArguments } from '../../src/demo/arguments.ts'
import { listsAt, readLists, writeLists } from '../../src/demo/lists.ts'
import { sampleList } from '../../src/demo/sample.ts'
import { UsageError } from '../../src/processes/arguments.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'droplock-demo-lists-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const from = new Date('2026-03-02T00:00:00Z')
const save = (name: string, body: string | Uint8Array) => {
  const path = join(folder, name)
  writeFileSync(path, body)
  return path
}

test('the sample is always the same, of several TLDs, and nearly all of it can be read', async () => {
  expect(sampleList(from)).toBe(sampleList(from))
  const list = await readLists(
    listsAt([save('sample_domain-drop-list.csv', sampleList(from))]),
    new Set(['pl']),
  )
  expect(list.rows.length).toBeGreaterThan(5_000)
  expect(list.rejects.length).toBeGreaterThan(10)
  expect(list.rows.length + list.rejects.length).toBe(6_000)
  expect(new Set(list.rows.map((row) => row.dropDate)).size).toBe(5)
  expect([...list.zones].length).toBeGreaterThan(5)
})

test('any list is read, of whatever TLD, plain or gzip', async () => {
  save(
    'a_domain-drop-list.csv.gz',
    gzipSync('TLD,DOMAIN,EXPIRED,PURGED\nzz,a.zz,2026-01-01T00:00:00Z,2026-02-01T00:00:00Z\n'),
  )
  save('2026-02-09.txt', 'b.pl\nc.com.pl\nx.y.com.pl\n')
  const list = await readLists(listsAt([folder]), new Set(['pl', 'com.pl']))
  expect(list.rows.map((row) => row.name)).toEqual(['b.pl', 'c.com.pl', 'a.zz'])
  expect(list.rejects).toEqual(['x.y.com.pl'])
  expect(list.zones).toEqual(new Set(['pl', 'com.pl', 'zz']))
})

test('a file that is no list is refused by its path', async () => {
  const path = save('notes.md', '# Notes\n')
  await expect(readLists(listsAt([path]), new Set(['pl']))).rejects.toThrow(`${path} is no drop list`)
})

test('a path that is not there, or has nothing, is refused', () => {
  expect(() => listsAt([join(folder, 'missing')])).toThrow('there is no drop list at')
  expect(() => listsAt([folder])).toThrow('is empty')
})

test('what is written for a registry is what was read, a list a day, its rejects in the first', async () => {
  const day = (index: number) => ({
    name: `n${index}.com.pl`,
    zone: 'com.pl',
    day: index,
    purgeAt: new Date(from.getTime() + index * 3_000),
  })
  expect(await writeLists(folder, [day(0), day(1)], ['x.y.com.pl', 'com,dup.com,soon,soon'])).toBe(2)
  const names = readdirSync(folder).toSorted()
  expect(names).toEqual(['001_domain-drop-list.csv', '002_domain-drop-list.csv'])
  const read = await readLists(listsAt([folder]), new Set(['com.pl']))
  expect(read.rows).toMatchObject([
    { name: 'n0.com.pl', purgeAt: from },
    { name: 'n1.com.pl', purgeAt: new Date(from.getTime() + 3_000) },
  ])
  expect(read.rejects).toHaveLength(2)
  expect(readFileSync(join(folder, names[1] ?? ''), 'utf8').split('\n')).toHaveLength(3)
})

test.each([
  [[], []],
  [['--feed', 'a'], ['a']],
  [
    ['--feed', 'a', 'b', '--feed', 'c'],
    ['a', 'c', 'b'],
  ],
])('the arguments %j name the lists %j', (args, feeds) => {
  expect(readArguments(args)).toEqual({ feeds, money: false })
})

test.each([[['a']], [['--feeds', 'a']], [['--feed']]])(
  'the arguments %j are refused with how it is used',
  (args) => {
    expect(() => readArguments(args)).toThrow(UsageError)
    expect(() => readArguments(args)).toThrow('usage: npm run demo')
  },
)
