import { createWriteStream } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip, gzipSync } from 'node:zlib'

export const HOUR_MS = 3_600_000

/** Names that are neither in order nor alike, as lists have them. */
export const nameOf = (index: number) =>
  `${((Math.imul(index, 2_654_435_761) >>> 0) + 2 ** 32).toString(36)}-${index.toString(36)}.test`

/** Every twentieth name: 5 % of a list. */
export const moves = (index: number) => index % 20 === 0

/** When the name is purged: on one of five days, and two hours later where it has moved. */
function purgedAt(index: number, hasMoved: boolean, today: number): string {
  const day = today + (2 + (index % 5)) * 24 * HOUR_MS
  return new Date(day + (hasMoved && moves(index) ? 2 : 0) * HOUR_MS).toISOString()
}

export type ListKind = 'first' | 'moved' | 'again'

/** The lines of a list; `again` has the rows of `moved` in another order. */
export function* linesOf(kind: ListKind, count: number, today: number): Generator<string> {
  yield 'TLD,DOMAIN,EXPIRED,PURGED\n'
  for (let position = 0; position < count; position += 1) {
    const index = kind === 'again' ? count - 1 - position : position
    yield `test,${nameOf(index)},2026-01-01T00:00:00Z,${purgedAt(index, kind !== 'first', today)}\n`
  }
}

/** Writes the list as gzip. */
export async function writeList(path: string, kind: ListKind, count: number, today: number): Promise<void> {
  const lines = Readable.from(chunks(linesOf(kind, count, today)))
  await pipeline(lines, createGzip({ level: 1 }), createWriteStream(path))
}

function* chunks(lines: Iterable<string>): Generator<string> {
  let chunk = ''
  for (const line of lines) {
    chunk += line
    if (chunk.length > 65_536) {
      yield chunk
      chunk = ''
    }
  }
  yield chunk
}

/** Serves one list on loopback; `asked` resolves when it is first sent. */
export async function serveList(read: () => Readable) {
  const asked = Promise.withResolvers<number>()
  const server = createServer((request, response) => {
    if (request.url !== '/drop-list.csv.gz') {
      response.writeHead(404).end()
      return
    }
    asked.resolve(performance.now())
    response.writeHead(200, { 'content-type': 'application/gzip' })
    pipeline(read(), response).catch(() => undefined)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = () => new Promise((resolve) => server.close(resolve))
  return { url: `http://127.0.0.1:${port}/drop-list.csv.gz`, asked: asked.promise, close }
}

export const nothing = () => Readable.from([gzipSync('')])
