import { sleep } from 'k6'
import http from 'k6/http'
import { numberOf } from './world.ts'

export type Request = {
  /** What the request is called in the metrics: one name for all its ids. */
  readonly name: string
  readonly method?: 'GET' | 'POST'
  /** Sent as JSON. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** The statuses that are no failure; 200 unless given. */
  readonly expected?: readonly number[]
  /** As long as k6 waits unless given: a minute. */
  readonly timeout?: string
}

/** For answers that are worked out over everything that the run has left. */
export const longTimeout = '180s'

export type Answer<Body> = {
  readonly status: number
  readonly body: Body
  /** As it came, to be compared octet by octet. */
  readonly text: string
  readonly headers: Readonly<Record<string, string>>
}

const success: readonly number[] = [200]

/**
 * For so long a request is sent again that got no answer, or one that says to try again: as a client does while a database fails over. What
 * orders or pays is sent under its Idempotency-Key. Milliseconds; 0: nothing is sent again.
 */
const patienceMs = numberOf('PATIENCE_MS', 0)
/** Between two sends, growing: clients that hammer a service which comes back keep it from doing so. */
const pauseSecondsMin = 0.25
const pauseSecondsMax = 2
/** No answer (as k6 says it), the server's faults, and what is refused for a moment: what the official client sends again. */
const mayPass = (status: number) => status === 0 || status === 408 || status === 429 || status >= 500

/** Sends a request and returns the JSON of the answer. Throws, with the answer, when its status is not an expected one. */
export async function send<Body>(url: string, request: Request): Promise<Answer<Body>> {
  const { name, method = 'GET', body, headers, expected = success, timeout = '60s' } = request
  const untilMs = Date.now() + patienceMs
  const ask = () =>
    http.asyncRequest(method, url, body === undefined ? null : JSON.stringify(body), {
      headers: { 'Content-Type': 'application/json', ...headers },
      tags: { name },
      timeout,
      responseCallback: http.expectedStatuses(...expected),
    })
  let response = await ask()
  for (let pause = pauseSecondsMin; mayPass(response.status) && Date.now() < untilMs; pause *= 1.5) {
    await sleep(Math.min(pause, pauseSecondsMax))
    response = await ask()
  }
  const text = typeof response.body === 'string' ? response.body : ''
  if (!expected.includes(response.status))
    throw new Error(`${name} answered ${response.status}: ${text === '' ? response.error : text}`)
  // The services' own tests check their answers against the contracts.
  return { status: response.status, body: JSON.parse(text), text, headers: response.headers }
}
