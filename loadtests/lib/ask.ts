import http from 'k6/http'

export type Question = {
  /** What the request is called in the metrics: one name for all its ids. */
  readonly name: string
  readonly method?: 'GET' | 'POST'
  /** Sent as JSON. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** The status of a sound answer; 200 unless told. */
  readonly expected?: number
}

export type Answer<Body> = { readonly body: Body; readonly headers: Readonly<Record<string, string>> }

/** Asks, and gives the JSON that comes. Throws, saying what came instead, when the status is not the expected one. */
export async function ask<Body>(url: string, question: Question): Promise<Answer<Body>> {
  const { name, method = 'GET', body, headers, expected = 200 } = question
  const response = await http.asyncRequest(method, url, body === undefined ? null : JSON.stringify(body), {
    headers: { 'Content-Type': 'application/json', ...headers },
    tags: { name },
  })
  if (response.status !== expected)
    throw new Error(`${name} answered ${response.status}: ${response.body ?? response.error}`)
  // What the services answer is held against their contracts by their own tests.
  return { body: response.json() as unknown as Body, headers: response.headers }
}
