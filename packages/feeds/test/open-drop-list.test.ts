import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { openDropList } from '../src/open-drop-list.ts'
import { collect, inChunks, toAscii } from './support.ts'

const options = { format: 'pl-text', zones: new Set(['pl']), toAscii, dropDate: '2026-02-10' } as const

test('a list tells its scope and the hash of all its octets, padding too, whatever pieces it came in', async () => {
  const bytes = Buffer.concat([gzipSync('a.pl\nb.pl\n'), Buffer.alloc(20_000)])
  for (const chunkBytes of [10, 5_000, 65_536]) {
    const list = openDropList(inChunks(bytes, chunkBytes), options)
    expect(await collect(list.entries)).toHaveLength(2)
    expect(list.summary()).toMatchObject({ rows: 2, rejects: 0, complete: true })
    expect(list.scope()).toEqual({ kind: 'increment', zones: ['pl'], from: '2026-02-10', to: '2026-02-10' })
    expect(Buffer.from(list.contentSha256())).toEqual(createHash('sha256').update(bytes).digest())
  }
})

test('a list that is not read to its end answers nothing', async () => {
  const list = openDropList(inChunks(Buffer.from('a.pl\nb.pl\n'), 10), options)
  for await (const _ of list.entries) break
  for (const answer of [list.summary, list.scope, list.contentSha256]) expect(answer).toThrow('not been read')
})
