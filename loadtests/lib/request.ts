import http from 'k6/http'

export type Request = {
  /** What the request is called in the metrics: one name for all its ids. */
  readonly name: string
  readonly method?: 'GET' | 'POST'
  /** Sent as JSON. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** The status of a success; 200 unless given. */
  readonly expected?: number
}

export type Answer<Body> = { readonly body: Body; readonly headers: Readonly<Record<string, string>> }

/** Sends a request and returns the JSON of the answer. Throws, with the answer, when its status is not the expected one. */
export async function send<Body>(url: string, request: Request): Promise<Answer<Body>> {
  const { name, method = 'GET', body, headers, expected = 200 } = request
  const response = await http.asyncRequest(method, url, body === undefined ? null : JSON.stringify(body), {
    headers: { 'Content-Type': 'application/json', ...headers },
    tags: { name },
  })
  if (response.status !== expected)
    throw new Error(`${name} answered ${response.status}: ${response.body ?? response.error}`)
  // The services' own tests check their answers against the contracts.
  return { body: response.json() as unknown as Body, headers: response.headers }
}

export type Metrics = Readonly<Record<string, { readonly values: Readonly<Record<string, number>> }>>

/** One figure of a load test as a JSON line, as the benches print theirs. Rounded to two decimals. */
export function line(loadtest: string, metric: string, value: number | undefined, unit: string): string {
  return `${JSON.stringify({ loadtest, metric, value: Math.round((value ?? 0) * 100) / 100, unit })}\n`
}
