import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import {
  addressOf,
  count,
  fire,
  hangUp,
  type Line,
  openLine,
  type Statuses,
  statusesIn,
} from './attackers.ts'
import { unexpected } from './floods.ts'
import type { Attack } from './target.ts'

/** JSON that costs its reader more than it is long. All of it is shorter than any limit, or much longer. */
const bombs: readonly string[] = [
  '['.repeat(8_000),
  '['.repeat(4_000) + ']'.repeat(4_000),
  '{"a":'.repeat(2_500),
  `${'{"a":'.repeat(2_000)}1${'}'.repeat(2_000)}`,
  `{"name":${'9'.repeat(8_000)}}`,
  '{"name":1e99999}',
  `{"name":"${'x'.repeat(8_000)}"}`,
  `{"name":"a.test","name":${'['.repeat(100)}${']'.repeat(100)}}`,
  '{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}}}',
  '{"name":"\\ud800","payment":"\\u0000"}',
  `{${Array.from({ length: 900 }, (_, n) => `"k${n}":${n}`).join(',')}}`,
  '\ufeff{}',
  'null',
  '"text"',
  `{"name":"${'x'.repeat(1_000_000)}"}`,
]

/** Each bomb some times, from one source. */
export function jsonBombs(path: string, headersOf: () => Readonly<Record<string, string>>): Attack {
  return {
    name: 'JSON bombs',
    run: async ({ server }) => {
      const statuses: Statuses = new Map()
      for (const [index, body] of [...bombs, ...bombs, ...bombs].entries()) {
        const headers = { 'content-type': 'application/json', ...headersOf() }
        const from = { agent: false as const, localAddress: addressOf(5_000 + index) }
        count(statuses, await fire(server.url, { method: 'POST', path, headers, body }, from))
      }
      const answers = ['400', '401', '403', '413', '415', '422', '429', 'closed']
      return { statuses, violations: unexpected(statuses, answers) }
    },
  }
}

/** How long they send. */
const SENDING_MS = 4_000
/** What may be on its way in buffers, beside what the server accepts. Octets. */
const BUFFERS_MAX = 48 * 1_048_576

/** Bodies without an end: 10 GB by their length, or chunks for ever, as fast as the server takes them. */
export function endlessBodies(
  path: string,
  headers: Readonly<Record<string, string>>,
  { type = 'application/json', bytesMax = 0, lines: many = 20 } = {},
): Attack {
  const own = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  const head = `POST ${path} HTTP/1.1\r\nHost: test\r\nContent-Type: ${type}\r\n${own.join('')}`
  const piece = 'x'.repeat(65_536)
  const chunk = `10000\r\n${piece}\r\n`
  return {
    name: 'bodies of 10 GB, and without an end',
    run: async ({ server }) => {
      const lines = Array.from({ length: many }, (_, index) => openLine(server.url, addressOf(6_000 + index)))
      const sending = lines.map((line, index) => {
        const isChunked = index % 2 === 0
        line.socket.write(
          `${head}${isChunked ? 'Transfer-Encoding: chunked' : 'Content-Length: 10000000000'}\r\n\r\n`,
        )
        return pour(line, isChunked ? chunk : piece)
      })
      await wait(SENDING_MS)
      hangUp(lines)
      const taken = await Promise.all(sending)
      const statuses: Statuses = new Map()
      for (const { text } of lines) for (const status of statusesIn(text())) count(statuses, status)
      const most = Math.max(...taken)
      return {
        statuses,
        violations: [
          ...unexpected(statuses, ['400', '401', '403', '413', '415', '429']),
          ...(statuses.size === 0 ? ['none was answered'] : []),
          ...(most > bytesMax + BUFFERS_MAX ? [`${Math.round(most / 1_048_576)} MiB of one were taken`] : []),
        ],
      }
    },
  }
}

/** Writes as fast as it is taken, until the connection is closed. How many octets the kernel has taken. */
async function pour({ socket, isOpen, closed }: Line, piece: string): Promise<number> {
  while (isOpen()) {
    const isTaken = socket.write(piece)
    if (!isTaken) await Promise.race([once(socket, 'drain').catch(() => undefined), closed])
    await wait(1)
  }
  return socket.bytesWritten - socket.writableLength
}
