import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { text as readText } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import { newId } from '@droplock/core/new-id'
import { z } from 'zod'
import type { Buyer, World } from './world.ts'

export type Answer = { readonly status: number; readonly body: unknown }

type Ask = {
  /** In the words of a violation. */
  readonly what: string
  readonly url: string
  readonly method?: 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: unknown
}

const problem = z.object({ code: z.string() })

/** What says that nothing is known of the request, and when to ask again. */
const passing: ReadonlySet<string> = new Set(['unavailable', 'try_again'])

/** What clients were answered while something failed. */
export type Witness = {
  /** An answer, or undefined where it has to be asked again: it says so, or there was none. */
  readonly ask: (request: Ask) => Promise<Answer | undefined>
  /** The same until it is answered, under one Idempotency-Key. */
  readonly insist: (buyer: Buyer, path: string, body: unknown) => Promise<Answer>
  /** How often each was answered. */
  readonly statuses: ReadonlyMap<string, number>
  /** What nobody should be answered. */
  readonly wrong: readonly string[]
}

type Expected = {
  /** Longer than every server's own limit. Milliseconds. */
  readonly answerMsMax: number
  /** The servers themselves are stopped: then they answer late, and a client gives up. */
  readonly mayHang: boolean
}

/** Asked for so long at the most, however often it was answered that it is to be asked again. Milliseconds. */
const INSIST_MS_MAX = 120_000
/** A client that is to come back in some seconds comes back sooner. Milliseconds. */
const AGAIN_MS = 200

export function createWitness({ answerMsMax, mayHang }: Expected): Witness {
  const statuses = new Map<string, number>()
  const wrong: string[] = []
  const note = (status: string) => statuses.set(status, (statuses.get(status) ?? 0) + 1)
  const ask: Witness['ask'] = async ({ what, url, method = 'GET', headers, body }) => {
    const startedMs = performance.now()
    try {
      const { status, retryAfter, text } = await send({ url, method, headers, body }, answerMsMax)
      const answer = { status, body: JSON.parse(text) as unknown }
      note(String(status))
      const code = problem.safeParse(answer.body).data?.code ?? ''
      // The same request, sent before, is still being worked on.
      if (code === 'request_in_progress') return undefined
      if (status < 500) return answer
      if (!passing.has(code) || ![503, 504].includes(status)) wrong.push(`${what}: ${status} ${code}`)
      else if (retryAfter === undefined) wrong.push(`${what}: ${status} ${code} without Retry-After`)
      return undefined
    } catch (error) {
      const afterMs = Math.round(performance.now() - startedMs)
      note('none')
      if (!mayHang) wrong.push(`${what}: no answer after ${afterMs} ms, ${wordsOf(error)}`)
      return undefined
    }
  }
  const insist: Witness['insist'] = async (buyer, path, body) => {
    const headers = { ...buyer.headers, 'idempotency-key': newId() }
    const untilMs = performance.now() + INSIST_MS_MAX
    for (;;) {
      const what = `POST ${path} ${JSON.stringify(body)}`
      const answer = await ask({ what, url: `${buyer.url}${path}`, method: 'POST', headers, body })
      if (answer !== undefined) return answer
      if (performance.now() > untilMs) throw new Error(`${what} was not answered within ${INSIST_MS_MAX} ms`)
      await delay(AGAIN_MS)
    }
  }
  return { ask, insist, statuses, wrong }
}

type Sent = Pick<Ask, 'url' | 'headers' | 'body'> & { readonly method: string }

/** Over a connection of its own: one that its server closes for want of requests would be an error of ours. */
async function send({ url, method, headers, body }: Sent, msMax: number) {
  const asked = request(url, {
    method,
    headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
    agent: false,
    signal: AbortSignal.timeout(msMax),
  })
  asked.end(body === undefined ? undefined : JSON.stringify(body))
  const [response] = (await once(asked, 'response')) as [IncomingMessage]
  return {
    status: response.statusCode ?? 0,
    retryAfter: response.headers['retry-after'],
    text: await readText(response),
  }
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message
}

/** The time between two reads of a person who watches. Milliseconds. */
const READ_EVERY_MS = 250

/** A read of each server. */
export function readsOf({ environment, buyers: { reseller, person }, staffCookie }: World) {
  return {
    orders: {
      what: 'GET orders',
      url: `${reseller.url}/v1/backorders?limit=5`,
      headers: reseller.headers,
    },
    balance: {
      what: 'GET balance on the pages',
      url: `${person.url}/v1/balance`,
      headers: person.headers,
    },
    today: {
      what: 'GET today',
      url: `${environment.urlOf('console-api')}/api/today`,
      headers: { cookie: staffCookie },
    },
  } satisfies Readonly<Record<string, Ask>>
}

/** Reads of each server again and again, until the function that it returns is called. */
export function readAlong(world: World, { ask }: Witness) {
  const stop = new AbortController()
  const reading = Object.values(readsOf(world)).map(async (read) => {
    while (!stop.signal.aborted) {
      await ask(read)
      await delay(READ_EVERY_MS)
    }
  })
  return async () => {
    stop.abort()
    await Promise.all(reading)
  }
}
