import { Agent, request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { holdsWithin } from '../../../src/processes/wait-until.ts'

/** Hosts of a network of 256 addresses. */
const HOSTS = 254

/** Where attackers are: the loopback network has 16 million addresses, and a server sees each as another source. */
export function addressOf(index: number): string {
  return `127.10.${Math.floor(index / HOSTS)}.${1 + (index % HOSTS)}`
}

/** How often each status came; `closed` where the server closed the connection instead, `error` for all else. */
export type Statuses = Map<string, number>

export function count(statuses: Statuses, status: string | number, by = 1): void {
  statuses.set(String(status), (statuses.get(String(status)) ?? 0) + by)
}

/** What must not be answered: any 5xx but a 503 that says when to come back. */
export function isFault(status: string): boolean {
  return /^5\d\d$/.test(status)
}

/** 503 with Retry-After: load that is shed, which is no fault. */
const SHED = '503 shed'

/** One connection as an attacker has it: what it answered, and whether it still is there. */
export type Line = {
  readonly socket: Socket
  /** All that came, the first octets of it. */
  readonly text: () => string
  readonly isOpen: () => boolean
  readonly closed: Promise<void>
}

/** Enough for some heads of answers. Characters. */
const TEXT_MAX = 20_000

export function openLine(url: string, source: string): Line {
  const { hostname, port } = new URL(url)
  const socket = connect({ host: hostname, port: Number(port), localAddress: source })
  const { promise: closed, resolve } = Promise.withResolvers<void>()
  let text = ''
  socket.on('data', (chunk: Buffer) => {
    if (text.length < TEXT_MAX) text += chunk.toString('latin1')
  })
  socket.on('error', () => undefined)
  socket.on('close', () => resolve())
  // The server has ended it: there is nothing more to hear.
  socket.on('end', () => socket.destroy())
  return { socket, text: () => text, isOpen: () => !socket.destroyed, closed }
}

/** The statuses of the answers in what came. */
export function statusesIn(text: string): readonly string[] {
  const heads = text.split(/(?=HTTP\/1\.[01] \d{3} )/).filter((part) => part.startsWith('HTTP/1.'))
  return heads.map((head) => withShed(head.slice(9, 12), /\r\nretry-after:/i.test(head)))
}

function withShed(status: string, hasRetryAfter: boolean): string {
  return status === '503' && hasRetryAfter ? SHED : status
}

const LOOK_MS = 20

/** Waits until no more than `few` of them are open, or the time is over. How many are open then. */
export async function openAfter(lines: readonly Line[], ms: number, few = 0): Promise<number> {
  const countOpen = () => lines.filter(({ isOpen }) => isOpen()).length
  await holdsWithin({ everyMs: LOOK_MS, msMax: ms }, () => countOpen() <= few)
  return countOpen()
}

export function hangUp(lines: readonly Line[]): void {
  for (const { socket } of lines) socket.destroy()
}

export type Shot = {
  readonly path: string
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

type Flood = {
  readonly url: string
  readonly lanes: number
  readonly forMs: number
  /** From so many addresses. */
  readonly sources: number
  readonly shotOf: (lane: number, turn: number) => Shot
}

/** As many requests as the lanes can send, each on a connection of its own, which is kept. */
export async function flood({ url, lanes, forMs, sources, shotOf }: Flood): Promise<Statuses> {
  const statuses: Statuses = new Map()
  const untilMs = performance.now() + forMs
  const runLane = async (lane: number) => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    for (let turn = 0; performance.now() < untilMs; turn += 1) {
      const outcome = await fire(url, shotOf(lane, turn), {
        agent,
        localAddress: addressOf(1_000 + ((lane + lanes * turn) % sources)),
      })
      count(statuses, outcome)
      // A connection that is refused is tried again, but not as fast as the processor allows.
      if (outcome === 'closed') await wait(20)
    }
    agent.destroy()
  }
  await Promise.all(Array.from({ length: lanes }, (_, lane) => runLane(lane)))
  return statuses
}

/** Longer than any answer takes. Milliseconds. */
const ANSWER_MS_MAX = 15_000

/** Sends one request. The status of its answer, `closed`, or `no answer`. */
export function fire(
  url: string,
  { path, method = 'GET', headers = {}, body }: Shot,
  from: { readonly agent: Agent | false; readonly localAddress: string },
): Promise<string> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve) => {
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
    const options = { ...from, hostname, port, path, method, headers: { ...headers, ...length } }
    const sent = request({ ...options, timeout: ANSWER_MS_MAX }, (response) => {
      response.resume()
      response.on('error', () => resolve('closed'))
      response.on('end', () =>
        resolve(withShed(String(response.statusCode), response.headers['retry-after'] !== undefined)),
      )
    })
    sent.on('timeout', () => {
      resolve('no answer')
      sent.destroy()
    })
    sent.on('error', () => resolve('closed'))
    sent.end(body)
  })
}
