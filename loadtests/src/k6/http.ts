import { Agent, type IncomingMessage, request as send } from 'node:http'
import { durationMs } from '../run/options.ts'
import type { Tags } from './context.ts'
import { defineMetric, record } from './metrics.ts'

export type Params = {
  readonly headers?: Readonly<Record<string, string>>
  readonly tags?: Tags
  readonly timeout?: string | number
  /** Which statuses are no failure, from `expectedStatuses`; 200 to 399 unless given. */
  readonly responseCallback?: ExpectedStatuses
}

type StatusRange = number | { readonly min: number; readonly max: number }
type ExpectedStatuses = (status: number) => boolean

/** Statuses that do not count as failed in `http_req_failed`. */
export function expectedStatuses(...ranges: readonly StatusRange[]): ExpectedStatuses {
  return (status) =>
    ranges.some((range) =>
      typeof range === 'number' ? range === status : range.min <= status && status <= range.max,
    )
}

/** k6's own default. */
const isSuccess = expectedStatuses({ min: 200, max: 399 })

/** k6's own default. */
const timeoutMsDefault = 60_000

/** Kept alive, and as many as there are virtual users. */
const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY })

const requests = defineMetric('http_reqs', 'counter')
const durations = defineMetric('http_req_duration', 'trend', true)
const waits = defineMetric('http_req_waiting', 'trend', true)
const failures = defineMetric('http_req_failed', 'rate')

export class Response {
  readonly url: string
  /** 0 when no answer came. */
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
  readonly error: string
  readonly timings: { readonly duration: number; readonly waiting: number; readonly receiving: number }

  constructor(fields: Omit<Response, 'json'>) {
    this.url = fields.url
    this.status = fields.status
    this.headers = fields.headers
    this.body = fields.body
    this.error = fields.error
    this.timings = fields.timings
  }

  /** The body's JSON, or what `selector` (`a.b.0`) finds in it. Throws when it is no JSON. */
  json(selector?: string): unknown {
    const whole: unknown = JSON.parse(this.body ?? '')
    if (selector === undefined) return whole
    return selector
      .split('.')
      .reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), whole)
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

/**
 * Sends a request and resolves with the answer; without one, with status 0 and the reason, never rejects. Counts in
 * http_reqs, http_req_duration, http_req_waiting and http_req_failed. http only: load goes over loopback.
 */
export async function asyncRequest(
  method: string,
  url: string,
  body?: string | null,
  params?: Params | null,
): Promise<Response> {
  const startedMs = performance.now()
  const response = await exchange(method, url, body ?? undefined, params ?? {}, startedMs)
  const tags = { ...params?.tags, method, status: String(response.status) }
  const isExpected = params?.responseCallback ?? isSuccess
  record(requests, 1, tags)
  record(durations, response.timings.duration, tags)
  record(waits, response.timings.waiting, tags)
  record(failures, isExpected(response.status) ? 0 : 1, tags)
  return response
}

async function exchange(
  method: string,
  url: string,
  body: string | undefined,
  params: Params,
  startedMs: number,
): Promise<Response> {
  try {
    const answer = await answerOf(method, url, body, params)
    const answeredMs = performance.now()
    const text = await textOf(answer)
    const endedMs = performance.now()
    return new Response({
      url,
      status: answer.statusCode ?? 0,
      headers: headersOf(answer),
      body: text,
      error: '',
      timings: {
        duration: endedMs - startedMs,
        waiting: answeredMs - startedMs,
        receiving: endedMs - answeredMs,
      },
    })
  } catch (error) {
    const duration = performance.now() - startedMs
    const timings = { duration, waiting: duration, receiving: 0 }
    return new Response({ url, status: 0, headers: {}, body: null, error: String(error), timings })
  }
}

/**
 * The answer, as soon as it begins. Servers close connections that were idle for a while, perhaps just when they are used again: what
 * may be repeated is then sent again on another connection. So does the transport under k6 (Go's `net/http`).
 */
async function answerOf(
  method: string,
  url: string,
  body: string | undefined,
  params: Params,
): Promise<IncomingMessage> {
  const { headers, timeout = timeoutMsDefault } = params
  const isRepeatable = method === 'GET' || headers?.['Idempotency-Key'] !== undefined
  const deadlineMs = performance.now() + durationMs(timeout)
  for (;;) {
    const request = send(url, { method, agent, ...(headers && { headers }) })
    const timer = setTimeout(
      () => request.destroy(new Error('the request timed out')),
      deadlineMs - performance.now(),
    )
    request.once('close', () => clearTimeout(timer))
    try {
      return await new Promise((resolve, reject) => {
        request.once('response', resolve)
        request.once('error', reject)
        request.end(body)
      })
    } catch (error) {
      const wasClosed = error instanceof Error && 'code' in error && error.code === 'ECONNRESET'
      if (!wasClosed || !request.reusedSocket || !isRepeatable) throw error
    }
  }
}

/** Faster than `node:stream/consumers`, which goes by way of a Blob. */
function textOf(answer: IncomingMessage): Promise<string> {
  let text = ''
  answer.setEncoding('utf8').on('data', (part: string) => (text += part))
  return new Promise((resolve, reject) => {
    answer.once('end', () => resolve(text))
    answer.once('error', reject)
  })
}

/** As k6 gives them: `Content-Type`, whatever the server wrote. */
function headersOf(answer: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(answer.headers).map(([name, value]) => [
      name.replaceAll(/(?:^|-)[a-z]/g, (letter) => letter.toUpperCase()),
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  )
}

/** Requests that block their virtual user would block all of them here. */
function blocking(): never {
  throw new Error('under the stand-in for k6 a script uses http.asyncRequest')
}

export default {
  asyncRequest,
  expectedStatuses,
  request: blocking,
  get: blocking,
  post: blocking,
  put: blocking,
  patch: blocking,
  del: blocking,
  batch: blocking,
}
