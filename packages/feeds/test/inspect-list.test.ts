import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DropListFormat } from '../src/formats/formats.ts'
import { inspectFile, inspectHead } from '../src/inspect-list.ts'
import { type ReadOptions, readDropList } from '../src/read-drop-list.ts'
import { collect, toAscii } from './support.ts'
import { type ZipFile, zipOf } from './zip.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'droplock-inspect-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function inspect(content: string | Uint8Array, name = 'list.csv', declared?: DropListFormat) {
  const path = join(folder, 'file')
  writeFileSync(path, content)
  return inspectFile(path, name, declared)
}

const hexonet = 'a.com;2026-02-10 18:30:00\nb.com;2026-02-10 18:31:00\n'
const file = (more: Partial<ZipFile> = {}): ZipFile => ({ name: 'pending.csv', text: hexonet, ...more })
const options: ReadOptions = { format: 'hexonet-csv', zones: new Set(['com']), toAscii }

async function readArchive(archive: Uint8Array, inflatedBytesMax?: number) {
  const inspected = await inspect(archive, 'pending.csv.zip')
  if (inspected.kind === 'no_list') throw new Error(inspected.reason)
  return collect(readDropList(inspected.octets(inflatedBytesMax), options))
}

const dateOf = async (within: ZipFile) => await inspect(zipOf(within), 'lists-2026-02-10.zip')

describe('an archive', () => {
  test('of one list is read as that list, with any name, also in a folder and with zip64', async () => {
    for (const archive of [
      zipOf(file()),
      zipOf({ name: 'lists/', text: '' }, file({ name: 'lists/pending.csv' })),
      zipOf(file({ isZip64: true })),
    ])
      for (const name of ['list.csv', 'download', 'pending.csv.zip'])
        expect(await inspect(archive, name)).toMatchObject({ kind: 'list', format: 'hexonet-csv' })
    expect(await readArchive(zipOf(file({ isZip64: true })))).toMatchObject([
      { name: 'a.com' },
      { name: 'b.com' },
    ])
  })

  test('may have the date of its list in its own name, or in the name of the file within', async () => {
    const [undated, dated] = [
      { name: 'list.txt', text: 'a.pl\n' },
      { name: '2026-02-11.txt', text: 'a.pl\n' },
    ]
    expect(await dateOf(undated)).toMatchObject({ format: 'pl-text', dropDate: '2026-02-10' })
    expect(await dateOf(dated)).toMatchObject({ format: 'pl-text', dropDate: '2026-02-11' })
  })

  test.each([
    ['encrypted', () => zipOf(file({ isEncrypted: true })), 'encrypted'],
    ['compressed in another way', () => zipOf(file({ method: 12 })), 'method 12'],
    ['of two files', () => zipOf(file(), file({ name: 'readme.txt' })), '2 files'],
    ['of the same file twice', () => zipOf(file(), file()), '2 files'],
    ['of nothing', () => zipOf(), 'no file'],
    ['of folders only', () => zipOf({ name: 'a/', text: '' }), 'no file'],
    ['of 101 files', () => zipOf(...Array.from({ length: 101 }, () => file())), '101 entries'],
    ['cut before its directory', () => zipOf(file()).subarray(0, 90), 'cannot be read'],
    ['of an absolute path', () => zipOf(file({ name: '/etc/passwd' })), 'cannot be read'],
    ['of a path that leads out', () => zipOf(file({ name: '../../x.csv' })), 'cannot be read'],
  ])('%s is no list', async (_what, archive, reason) => {
    const inspected = await inspect(archive(), 'list.csv.zip')
    expect(inspected).toMatchObject({ kind: 'no_list', code: 'archive_not_readable' })
    expect(inspected).toMatchObject({ reason: expect.stringContaining(reason) })
  })

  test('whose data is damaged gives the rows before the damage, and is truncated', async () => {
    const names = Array.from(
      { length: 5_000 },
      (_, index) => `${(index * 7_919) % 104_729}.com;2026-02-10 18:30:00\n`,
    )
    const archive = zipOf(file({ text: names.join('') }))
    archive.fill(0xff, 7_000, 7_050)
    const entries = await readArchive(archive)
    expect(entries.length).toBeLessThan(5_001)
    expect(entries.at(-1)).toMatchObject({ kind: 'reject', reason: 'truncated' })
  })

  test('whose directory says another size than there is is damaged', async () => {
    expect((await readArchive(zipOf(file({ saysBytes: 9_000 })))).at(-1)).toMatchObject({
      reason: 'truncated',
    })
    expect(await inspect(zipOf(file({ saysBytes: 3 })))).toMatchObject({ code: 'archive_not_readable' })
  })

  test('that inflates to more than 100 times its size, or than is allowed, is read no further', async () => {
    const bomb = zipOf(file({ text: Buffer.concat([Buffer.from(hexonet), Buffer.alloc(30_000_000, 'x')]) }))
    const entries = await readArchive(bomb)
    expect(entries.slice(0, 2)).toMatchObject([{ name: 'a.com' }, { name: 'b.com' }])
    expect(entries.slice(2)).toMatchObject([{ reason: 'beyond_limits' }])
    expect((await readArchive(zipOf(file()), 10)).at(-1)).toMatchObject({ reason: 'beyond_limits' })
  })
})

describe('a file that is no list', () => {
  const html = '<!DOCTYPE html>\n<html><body>Service Unavailable</body></html>\n'
  const utf16 = Buffer.from('TLD,DOMAIN,EXPIRED,PURGED\n', 'utf16le')

  test.each([
    ['a page of HTML', html, 'not_a_list', '<!DOCTYPE html>'],
    ['a page of HTML in a gzip file', gzipSync(html), 'not_a_list', '<!DOCTYPE html>'],
    ['a page of HTML in an archive', zipOf(file({ text: html })), 'not_a_list', '<!DOCTYPE html>'],
    ['an empty file', '', 'not_a_list', ''],
    ['UTF-16 without a byte order mark', utf16, 'not_text', undefined],
    ['a 7z archive', Buffer.from('377abcaf271c0004', 'hex'), 'archive_not_readable', undefined],
    ['an archive within an archive', zipOf(file({ text: zipOf(file()) })), 'archive_not_readable', undefined],
    ['an archive in a gzip file', gzipSync(zipOf(file())), 'archive_not_readable', undefined],
    ['random octets', Buffer.from([...randomLike(4_096)]), 'not_text', undefined],
  ])(
    '%s is told as such, whatever format its source is said to have',
    async (_what, content, code, excerpt) => {
      for (const declared of [undefined, 'pl-text', 'ietf-csv'] as const) {
        const inspected = await inspect(content, 'list.csv', declared)
        expect(inspected).toMatchObject({ kind: 'no_list', code })
        if (excerpt !== undefined) expect(inspected).toMatchObject({ excerpt })
      }
    },
  )

  test('text of another kind is none, unless its source is said to have a format', async () => {
    const text = 'Dear customer,\nour service is not available.\n'
    expect(await inspect(text)).toMatchObject({
      kind: 'no_list',
      code: 'not_a_list',
      excerpt: 'Dear customer,',
    })
    expect(await inspect(text, 'list.csv', 'pl-text')).toMatchObject({ kind: 'list', format: 'pl-text' })
  })

  test('a few characters that cannot be stored do not make a list none', () => {
    const head = Buffer.from('TLD,DOMAIN,EXPIRED,PURGED\ncom,a\0.com,,2026-02-10T10:00:00Z\n')
    expect(inspectHead('list.csv', head)).toMatchObject({ kind: 'list', format: 'ietf-csv' })
    const mark = Buffer.concat([Buffer.from([0xff, 0xfe]), utf16])
    expect(inspectHead('list.csv', mark)).toMatchObject({ kind: 'list', format: 'ietf-csv' })
  })
})

/** Octets without order, the same each time. */
function* randomLike(count: number): Generator<number> {
  let state = 1
  for (let index = 0; index < count; index += 1) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    yield (state >> 16) & 0xff
  }
}
