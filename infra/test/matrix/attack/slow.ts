import { setTimeout as wait } from 'node:timers/promises'
import {
  addressOf,
  count,
  hangUp,
  type Line,
  openAfter,
  openLine,
  type Statuses,
  statusesIn,
} from './attackers.ts'
import type { Attack, Found } from './target.ts'

// Attackers that take their time: each holds a connection with as little as it can. What a server allows is in `packages/http`:
// ten seconds for the headers of a request, twenty for all of it, and it looks every two seconds.

const HEADERS_MS_MAX = 15_000
const REQUEST_MS_MAX = 26_000
/** Each sends or reads an octet so often. Milliseconds. */
const OCTET_MS = 1_000

/** Something that a server has to answer, and an octet of it after the other. */
type Slow = {
  readonly lines: number
  /** Sent at once. */
  readonly first: string
  /** Sent again and again, until the server has enough of it. */
  readonly more: string
  readonly closedMsMax: number
}

/** Headers that never end. */
export function slowHeaders(path: string): Attack {
  const slow = { lines: 300, first: `GET ${path} HTTP/1.1\r\nHost: test\r\n`, more: 'X: x\r\n' }
  return {
    name: 'headers that never end',
    run: ({ server }) => drip(server.url, { ...slow, closedMsMax: HEADERS_MS_MAX }),
  }
}

/** A body that never ends. */
export function slowBodies(path: string, headers: Readonly<Record<string, string>> = {}): Attack {
  const own = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  const head = `POST ${path} HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\nContent-Length: 7999\r\n${own.join('')}\r\n`
  const slow = { lines: 200, first: `${head}{`, more: ' ' }
  return {
    name: 'a body that never ends',
    run: ({ server }) => drip(server.url, { ...slow, closedMsMax: REQUEST_MS_MAX }),
  }
}

/** Connections on which nothing is ever asked. */
export function silence(lines: number): Attack {
  const slow = { lines, first: '', more: '', closedMsMax: HEADERS_MS_MAX }
  return { name: 'connections without a request', run: ({ server }) => drip(server.url, slow) }
}

/** Opens the connections from a few sources, and sees how long the server keeps them. */
export async function drip(url: string, { lines: many, first, more, closedMsMax }: Slow): Promise<Found> {
  const lines = Array.from({ length: many }, (_, index) => openLine(url, addressOf(index % 8)))
  const over = new AbortController()
  for (const { socket } of lines) if (first !== '') socket.write(first)
  const dripping = repeat(over.signal, () => {
    for (const { socket, isOpen } of lines) if (more !== '' && isOpen()) socket.write(more)
  })
  const open = await openAfter(lines, closedMsMax)
  over.abort()
  await dripping
  const found = foundIn(
    lines,
    open === 0 ? [] : [`${open} of ${many} are open after ${closedMsMax / 1_000} s`],
  )
  hangUp(lines)
  return found
}

async function repeat(signal: AbortSignal, act: () => void): Promise<void> {
  while (!signal.aborted) {
    act()
    await wait(OCTET_MS, undefined, { signal }).catch(() => undefined)
  }
}

/** What the connections were answered, and what is wrong. */
export function foundIn(lines: readonly Line[], violations: readonly string[]): Found {
  const statuses: Statuses = new Map()
  for (const { text, isOpen } of lines) {
    const answered = statusesIn(text())
    for (const status of answered) count(statuses, status)
    if (answered.length === 0) count(statuses, isOpen() ? 'open' : 'closed')
  }
  return { statuses, violations }
}

type Reading = {
  readonly name: string
  readonly lines: number
  readonly request: string
  readonly forMs: number
  /** What is looked at while they read. */
  readonly meanwhile?: () => Promise<readonly string[]>
}

/** Asks for something large, and takes one octet a second of it. */
export function slowReaders({ name, lines: many, request, forMs, meanwhile }: Reading): Attack {
  return {
    name,
    run: async ({ server }) => {
      const lines = Array.from({ length: many }, (_, index) => openLine(server.url, addressOf(index % 8)))
      const over = new AbortController()
      for (const { socket } of lines) {
        socket.pause()
        socket.write(request)
      }
      const reading = repeat(over.signal, () => {
        for (const { socket } of lines) socket.read(1)
      })
      const seen = meanwhile?.() ?? Promise.resolve([])
      await wait(forMs)
      over.abort()
      const [violations] = await Promise.all([seen, reading])
      const statuses: Statuses = new Map([['read slowly', many]])
      hangUp(lines)
      return { statuses, violations }
    },
  }
}
