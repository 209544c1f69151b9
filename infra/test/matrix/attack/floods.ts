import { randomBytes } from 'node:crypto'
import { apiKeyText } from '@droplock/rules/api-key-text'
import {
  addressOf,
  count,
  fire,
  flood,
  hangUp,
  openAfter,
  openLine,
  type Shot,
  type Statuses,
} from './attackers.ts'
import { foundIn } from './slow.ts'
import type { Attack } from './target.ts'

type Plan = {
  readonly name: string
  readonly forMs: number
  readonly shotOf: (lane: number, turn: number) => Shot
  /** Of all lanes. One source unless said otherwise. */
  readonly sources?: number
  readonly lanes?: number
  /** The answers that it may get. */
  readonly answers: readonly string[]
}

const LANES = 40

/** As many requests as a process can send. */
export function floodOf({ name, forMs, shotOf, sources = 1, lanes = LANES, answers }: Plan): Attack {
  return {
    name,
    run: async ({ server }) => {
      const statuses = await flood({ url: server.url, lanes, forMs, sources, shotOf })
      return { statuses, violations: unexpected(statuses, answers) }
    },
  }
}

/** A visitor from elsewhere searches meanwhile, each time for something new. */
export function besideVisitors(attack: Attack): Attack {
  return {
    ...attack,
    run: async (target) => {
      const over = new AbortController()
      const seen: Statuses = new Map()
      const visit = async () => {
        for (let n = 0; !over.signal.aborted; n += 1) {
          const shot = { path: `/api/v1/listings?q=visit-${n}` }
          count(seen, await fire(target.server.url, shot, { agent: false, localAddress: addressOf(1) }))
        }
      }
      const visiting = visit()
      const found = await attack.run(target)
      over.abort()
      await visiting
      const refused = unexpected(seen, ['200']).map((what) => `another visitor is ${what}`)
      return { ...found, violations: [...found.violations, ...refused] }
    },
  }
}

export function unexpected(statuses: Statuses, answers: readonly string[]): readonly string[] {
  const allowed = new Set([...answers, '503 shed'])
  return [...statuses]
    .filter(([status]) => !allowed.has(status))
    .map(([status, times]) => `answered with ${status} × ${times}`)
}

/** A key as the gateway makes them, of nobody. */
export function inventedKey(): Readonly<Record<string, string>> {
  return { authorization: `Bearer ${apiKeyText('test', new Uint8Array(randomBytes(32)))}` }
}

/** A source may have so many connections, by default. */
const CONNECTIONS_PER_SOURCE_MAX = 500

/** Before a connection on which nothing is asked is closed for that. Milliseconds. */
const REFUSED_MS_MAX = 8_000

/** More connections of one source than it may have. */
export function connectionsOfOneSource(many: number, max = CONNECTIONS_PER_SOURCE_MAX): Attack {
  return {
    name: `${many} connections of one source`,
    run: async ({ server }) => {
      const lines = Array.from({ length: many }, () => openLine(server.url, addressOf(2_000)))
      const open = await openAfter(lines, REFUSED_MS_MAX, max)
      const found = foundIn(lines, open <= max ? [] : [`${open} are open at once`])
      hangUp(lines)
      return found
    },
  }
}

/** Requests sent one after the other without waiting for an answer. */
export function pipelining(path: string, headers: Readonly<Record<string, string>> = {}): Attack {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  const request = `GET ${path} HTTP/1.1\r\nHost: test\r\n${lines.join('')}\r\n`
  return {
    name: 'pipelining',
    run: async ({ server }) => {
      const opened = Array.from({ length: 50 }, (_, index) =>
        openLine(server.url, addressOf(3_000 + (index % 4))),
      )
      for (const { socket } of opened) socket.write(request.repeat(1_000))
      const open = await openAfter(opened, 30_000)
      const found = foundIn(opened, open === 0 ? [] : [`${open} of 50 were not closed`])
      hangUp(opened)
      return found
    },
  }
}
