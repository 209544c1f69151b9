import { gzipSync } from 'node:zlib'
import { array, assert, constantFrom, date, property, record, stringMatching } from 'fast-check'
import { expect, test } from 'vitest'
import { detectFormat } from '../src/detect-format.ts'
import { type DropListFormat, formats } from '../src/formats/formats.ts'

type Row = { readonly name: string; readonly at: Date }

const rows = array(
  record({
    name: stringMatching(/^[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?\.(pl|com\.pl|se|com|xn--p1ai)$/),
    at: date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
  }),
  { minLength: 1, maxLength: 30 },
)

const day = (at: Date) => at.toISOString().slice(0, 10)
const time = (at: Date) => at.toISOString().slice(11, 19)
const lines = (list: readonly Row[], line: (row: Row) => string, header: readonly string[] = []) =>
  [...header, ...list.map(line)].map((each) => `${each}\n`).join('')

/** How each format is written, and a name of a file without which its content is ambiguous. */
const writers: Readonly<
  Record<DropListFormat, { readonly write: (list: readonly Row[]) => string; readonly ownName?: string }>
> = {
  'ietf-csv': {
    write: (list) =>
      lines(list, ({ name, at }) => `${name.split('.').at(-1)},${name},,${at.toISOString()}`, [
        'TLD,DOMAIN,EXPIRED,PURGED',
      ]),
  },
  'pl-text': { write: (list) => lines(list, ({ name }) => name), ownName: '2026-02-10.txt' },
  'pl-deleted': { write: (list) => lines(list, ({ name }) => name, ['2026-04-07 08:10:56 MEST', '']) },
  'se-text': { write: (list) => lines(list, ({ name, at }) => `${name}\t${day(at)}`) },
  'se-json': {
    write: (list) => JSON.stringify({ data: list.map(({ name, at }) => ({ name, release_at: day(at) })) }),
  },
  'hexonet-csv': { write: (list) => lines(list, ({ name, at }) => `${name};${day(at)} ${time(at)}`) },
  'pool-csv': { write: (list) => lines(list, ({ name, at }) => `${name},${usTime(at)},AUC`) },
}

function usTime(at: Date): string {
  const [year, month, dayOfMonth] = day(at).split('-').map(Number)
  const hours = at.getUTCHours()
  return `${month}/${dayOfMonth}/${year} ${hours % 12 || 12}:${time(at).slice(3)} ${hours < 12 ? 'AM' : 'PM'}`
}

const fileName = constantFrom('download', 'list.csv', 'list.txt', '2026-02-10.txt.gz', 'a;b', 'x.json', '')
const all = Object.keys(formats) as readonly DropListFormat[]

test.each(all)('every list in %s is detected as that, and as no other format, plain and gzip', (format) => {
  const { write, ownName } = writers[format]
  assert(
    property(rows, fileName, (list, name) => {
      const octets = Buffer.from(write(list))
      for (const head of [octets, gzipSync(octets)]) {
        expect(detectFormat(ownName ?? name, head)?.format).toBe(format)
        // With a name that says nothing, an ambiguous list is not detected, and never as another format.
        expect([format, ...(ownName === undefined ? [] : [undefined])]).toContain(
          detectFormat(name, head)?.format,
        )
      }
    }),
  )
})
