import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { detectFormat } from '../src/detect-format.ts'

const csv = 'TLD,DOMAIN,EXPIRED,PURGED\ncom,a.com,2025-12-01T00:00:00Z,2026-02-10T10:30:00Z\n'

test('the IETF format is known by its header, under any file name, plain or gzip', () => {
  expect(detectFormat('download', Buffer.from(`\uFEFF${csv}`))).toEqual({ format: 'ietf-csv' })
  const cutHead = gzipSync(csv).subarray(0, 60)
  expect(detectFormat('download', cutHead)).toEqual({ format: 'ietf-csv' })
})

test('the IETF format without a header is known by its file name', () => {
  const head = Buffer.from(csv.split('\n')[1] ?? '')
  expect(detectFormat('registry_domain-drop-list_2026-02-06.csv.gz', head)).toEqual({
    format: 'ietf-csv',
    dropDate: '2026-02-06',
  })
})

test('a .pl list is known by a bare name in a text file, and its date by the file name', () => {
  expect(detectFormat('2026-02-10.txt', Buffer.from('a.pl\r\nb.pl\r\n'))).toEqual({
    format: 'pl-text',
    dropDate: '2026-02-10',
  })
  expect(detectFormat('2026-02-30.txt', Buffer.from('a.pl\n'))).toEqual({ format: 'pl-text' })
})

test('a list of no known format is not guessed at', () => {
  for (const [name, text] of [
    ['list.csv', 'example.uk;2026-02-10 10:00:00'],
    ['list.txt', '<html>'],
    ['list.txt', ''],
  ] as const) {
    expect(detectFormat(name, Buffer.from(text))).toBeUndefined()
  }
  expect(detectFormat('list.gz', Buffer.from([0x1f, 0x8b, 1, 2, 3]))).toBeUndefined()
})
