import { BACKGROUND_HEADER } from '@droplock/rules/changes'
import { ProblemError, readProblem, unreachable } from './problem.ts'

/** The operator API under `/api`. Every method throws ProblemError when the server refuses or cannot be reached. */
export type Api = {
  get<Answer>(path: string): Promise<Answer>
  post<Answer>(path: string, body: object): Promise<Answer>
  /** Sends a file unchanged. The browser streams it from the disk. */
  upload<Answer>(path: string, file: Blob): Promise<Answer>
  delete(path: string): Promise<void>
  /** Sent with every change from now on. */
  setCsrfToken(token: string | undefined): void
}

type Fetch = (input: string, init: RequestInit) => Promise<Response>

/** `isUsed`: whether somebody uses the window. */
export function makeApi(send: Fetch, isUsed: () => boolean = () => true): Api {
  let csrfToken: string | undefined

  async function call(path: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers)
    headers.set('accept', 'application/json')
    if (init.method === 'GET' && !isUsed()) headers.set(BACKGROUND_HEADER, '1')
    if (csrfToken !== undefined && init.method !== 'GET') headers.set('x-csrf-token', csrfToken)
    const request = { ...init, headers, credentials: 'same-origin' } as const
    const response = await send(`/api/${path}`, request).catch(() => {
      throw new ProblemError(unreachable())
    })
    if (!response.ok) throw new ProblemError(await readProblem(response))
    return response
  }

  return {
    get: async (path) => parsed(await call(path, { method: 'GET' })),
    post: async (path, body) =>
      parsed(
        await call(path, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      ),
    upload: async (path, file) =>
      parsed(
        await call(path, {
          method: 'POST',
          headers: { 'content-type': 'application/octet-stream' },
          body: file,
        }),
      ),
    delete: async (path) => void (await call(path, { method: 'DELETE' })),
    setCsrfToken: (token) => (csrfToken = token),
  }
}

/**
 * Gives an answer its type without a check: the server parses everything it sends with the schema of its contract, and a
 * second check here would add a schema library to every page.
 */
async function parsed<Answer>(response: Response): Promise<Answer> {
  const text = await response.text()
  return (text === '' ? undefined : JSON.parse(text)) as Answer
}
