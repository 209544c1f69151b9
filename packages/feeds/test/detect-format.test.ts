import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { detectFormat } from '../src/detect-format.ts'
import { openDropList } from '../src/open-drop-list.ts'
import { collect, inChunks, toAscii } from './support.ts'

const csv = 'TLD,DOMAIN,EXPIRED,PURGED\ncom,a.com,2025-12-01T00:00:00Z,2026-02-10T10:30:00Z\n'

test('the IETF format is detected by its header, with any file name, plain or gzip', () => {
  expect(detectFormat('download', Buffer.from(`\uFEFF${csv}`))).toEqual({ format: 'ietf-csv' })
  const cutHead = gzipSync(csv).subarray(0, 60)
  expect(detectFormat('download', cutHead)).toEqual({ format: 'ietf-csv' })
})

test('the IETF format without a header is detected by its file name', () => {
  const head = Buffer.from(csv.split('\n')[1] ?? '')
  expect(detectFormat('registry_domain-drop-list_2026-02-06.csv.gz', head)).toEqual({
    format: 'ietf-csv',
    dropDate: '2026-02-06',
  })
})

test('a .pl list is detected by a bare name in a text file, and its date by the file name', () => {
  expect(detectFormat('2026-02-10.txt', Buffer.from('a.pl\r\nb.pl\r\n'))).toEqual({
    format: 'pl-text',
    dropDate: '2026-02-10',
  })
  expect(detectFormat('2026-02-30.txt', Buffer.from('a.pl\n'))).toEqual({ format: 'pl-text' })
})

test('a list of an unknown format is not detected', () => {
  for (const [name, text] of [
    ['list.csv', 'example.uk;10 February'],
    ['list.csv', 'example.uk,2026-02-10,NAME'],
    ['list.json', '{"data":[{"name":"a.se"}]}'],
    ['list.json', '[]'],
    ['list.txt', '<html>'],
    ['list.txt', ''],
  ] as const) {
    expect(detectFormat(name, Buffer.from(text))).toBeUndefined()
  }
  expect(detectFormat('list.gz', Buffer.from([0x1f, 0x8b, 1, 2, 3]))).toBeUndefined()
})

const options = { format: 'pl-text', zones: new Set(['pl']), toAscii, dropDate: '2026-02-10' } as const

test('an open list reports its scope and the hash of all its octets, including padding, for chunks of any size', async () => {
  const bytes = Buffer.concat([gzipSync('a.pl\nb.pl\n'), Buffer.alloc(20_000)])
  for (const chunkBytes of [10, 5_000, 65_536]) {
    const list = openDropList(inChunks(bytes, chunkBytes), options)
    expect(await collect(list.entries)).toHaveLength(2)
    expect(list.summary()).toMatchObject({ rows: 2, rejects: 0, complete: true })
    expect(list.scope()).toEqual({ kind: 'increment', zones: ['pl'], from: '2026-02-10', to: '2026-02-10' })
    expect(Buffer.from(list.contentSha256())).toEqual(createHash('sha256').update(bytes).digest())
  }
})

test('a list that is not read to its end reports nothing', async () => {
  const list = openDropList(inChunks(Buffer.from('a.pl\nb.pl\n'), 10), options)
  for await (const _ of list.entries) break
  for (const answer of [list.summary, list.scope, list.contentSha256]) expect(answer).toThrow('not been read')
})
