import createFetchClient, { type MaybeOptionalInit } from 'openapi-fetch'
import type { components, paths } from './openapi.gen.ts'
import { fetchWithRepeats, KEY_HEADER } from './repeat.ts'

/** A body of the reseller API, by its name in the OpenAPI document. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name]

export type ClientOptions = {
  /** Of the gateway, without a path. */
  readonly baseUrl: string
  /** Left out: something in between adds it, such as the server of a page. */
  readonly apiKey?: string
  /** Sends requests in another way than by the network; left out: `fetch`, repeated where that is safe. */
  readonly fetch?: (request: Request) => Promise<Response>
}

/** The API refused a request, or could not answer it. `problem` is absent where the answer was no RFC 9457 problem. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly status: number
  readonly problem: Schema<'Problem'> | undefined

  constructor(request: string, status: number, problem: Schema<'Problem'> | undefined, body: string) {
    const what = problem === undefined ? body : `${problem.code}: ${problem.detail}`
    super(`${request} was answered with ${status}: ${what}`)
    this.status = status
    this.problem = problem
  }

  /** Stable, for programs. */
  get code(): string | undefined {
    return this.problem?.code
  }
}

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'

export type PathWith<M extends Method> = {
  [Path in keyof paths]: paths[Path] extends Record<M, object> ? Path : never
}[keyof paths]

/** Bodies that are no JSON, by `parseAs`. */
type Files = { readonly arrayBuffer: ArrayBuffer; readonly text: string }

/** The body of a success. */
export type Body<Operation, Init> = Init extends { readonly parseAs: infer As extends keyof Files }
  ? Files[As]
  : Operation extends { readonly responses: infer Responses }
    ? JsonOf<Responses[Extract<keyof Responses, 200 | 201 | 202 | 204>]>
    : never

type JsonOf<Response> = Response extends { readonly content: { readonly 'application/json': infer Json } }
  ? Json
  : undefined

/** One method of all paths: resolves with the body of a success; rejects with `ProblemError`, or when there was no answer. */
type Call<M extends Method> = <Path extends PathWith<M>, Init extends MaybeOptionalInit<paths[Path], M>>(
  path: Path,
  ...init: undefined extends MaybeOptionalInit<paths[Path], M> ? [Init?] : [Init]
) => Promise<Body<paths[Path][M], Init>>

type CallVersioned = <Path extends PathWith<'get'>, Init extends MaybeOptionalInit<paths[Path], 'get'>>(
  path: Path,
  ...init: undefined extends MaybeOptionalInit<paths[Path], 'get'> ? [Init?] : [Init]
) => Promise<{ readonly body: Body<paths[Path]['get'], Init>; readonly etag: string }>

/**
 * The reseller API with one key. Requests that are safe to repeat are repeated (see `fetchWithRepeats`). What creates or pays has an
 * Idempotency-Key of its own; give one yourself to repeat a request after your program has ended.
 */
export type Client = {
  readonly get: Call<'get'>
  readonly post: Call<'post'>
  readonly put: Call<'put'>
  readonly patch: Call<'patch'>
  readonly delete: Call<'delete'>
  /** As `get`, with the `ETag` of what was read: an edit requires it as `If-Match`. */
  readonly getVersioned: CallVersioned
}

export function createClient({ baseUrl, apiKey, fetch = fetchWithRepeats }: ClientOptions): Client {
  const http = createFetchClient<paths>({
    baseUrl,
    ...(apiKey !== undefined && { headers: { authorization: `Bearer ${apiKey}` } }),
    fetch,
  })
  http.use({
    onRequest: ({ request }) => {
      if (request.method === 'POST' && !request.headers.has(KEY_HEADER))
        request.headers.set(KEY_HEADER, crypto.randomUUID())
    },
    onResponse: async ({ request, response }) => {
      if (!response.ok) throw await problemOf(request, response)
    },
  })
  const ask = (
    method: Method,
    path: string,
    init?: object,
  ): Promise<{ data?: unknown; response: Response }> => http.request(method, path as never, init as never)
  const call = (method: Method) => async (path: string, init?: object) => (await ask(method, path, init)).data
  const getVersioned = async (path: string, init?: object) => {
    const { data, response } = await ask('get', path, init)
    const etag = response.headers.get('etag')
    if (etag === null) throw new Error(`${path} has no versions`)
    return { body: data, etag }
  }
  return {
    get: call('get') as Call<'get'>,
    post: call('post') as Call<'post'>,
    put: call('put') as Call<'put'>,
    patch: call('patch') as Call<'patch'>,
    delete: call('delete') as Call<'delete'>,
    getVersioned: getVersioned as CallVersioned,
  }
}

export async function problemOf(request: Request, response: Response): Promise<ProblemError> {
  const text = await response.text()
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json') === true
  const problem: Schema<'Problem'> | undefined = isProblem ? JSON.parse(text) : undefined
  return new ProblemError(
    `${request.method} ${new URL(request.url).pathname}`,
    response.status,
    problem,
    text,
  )
}
