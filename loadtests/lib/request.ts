import http from 'k6/http'

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

/** Sends a request and returns the JSON of the answer. Throws, with the answer, when its status is not an expected one. */
export async function send<Body>(url: string, request: Request): Promise<Answer<Body>> {
  const { name, method = 'GET', body, headers, expected = success, timeout = '60s' } = request
  const response = await http.asyncRequest(method, url, body === undefined ? null : JSON.stringify(body), {
    headers: { 'Content-Type': 'application/json', ...headers },
    tags: { name },
    timeout,
    responseCallback: http.expectedStatuses(...expected),
  })
  const text = typeof response.body === 'string' ? response.body : ''
  if (!expected.includes(response.status))
    throw new Error(`${name} answered ${response.status}: ${text === '' ? response.error : text}`)
  // The services' own tests check their answers against the contracts.
  return { status: response.status, body: JSON.parse(text), text, headers: response.headers }
}
