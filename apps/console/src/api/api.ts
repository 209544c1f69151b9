import { BACKGROUND_HEADER } from '@droplock/rules/changes'
import { type ProblemBody, ProblemError, readProblem, unreachable } from './problem.ts'

/** The operator API under `/api`. Every method throws ProblemError when the server refuses or cannot be reached. */
export type Api = {
  get<Answer>(path: string): Promise<Answer>
  post<Answer>(path: string, body?: object): Promise<Answer>
  /** Sends a file unchanged. The browser streams it from the disk. */
  upload<Answer>(path: string, file: Blob): Promise<Answer>
  delete(path: string): Promise<void>
  /** Sent with every change from now on. */
  setCsrfToken(token: string | undefined): void
  /**
   * Asked for each refusal that may be recovered from, while somebody is signed in. Where it returns true the request is sent again:
   * such a refusal is decided before anything is done.
   */
  onRefusal(recover: Recover): void
}

type Recover = (problem: ProblemBody) => Promise<boolean>

const giveUp: Recover = async () => false

type Fetch = (input: string, init: RequestInit) => Promise<Response>

/** How a request is sent again at most: for another token, and for a proof of identity. */
const REPEATS_MAX = 2

/** Requests about the session itself, whose refusals are answers. */
const ownRequests = /^(session(\/(code|proof|means|provider|provider\/proof))?|staff-link(\/password)?)$/

/** `isUsed`: whether somebody uses the window. */
export function makeApi(send: Fetch, isUsed: () => boolean = () => true): Api {
  let csrfToken: string | undefined
  let recover: Recover = giveUp

  async function call(path: string, init: RequestInit): Promise<Response> {
    for (let repeats = 0; ; repeats += 1) {
      const headers = new Headers(init.headers)
      headers.set('accept', 'application/json')
      if (init.method === 'GET' && !isUsed()) headers.set(BACKGROUND_HEADER, '1')
      if (csrfToken !== undefined && init.method !== 'GET') headers.set('x-csrf-token', csrfToken)
      const request = { ...init, headers, credentials: 'same-origin' } as const
      const response = await send(`/api/${path}`, request).catch(() => {
        throw new ProblemError(unreachable())
      })
      if (response.ok) return response
      const problem = await readProblem(response)
      const mayRepeat = csrfToken !== undefined && repeats < REPEATS_MAX && !ownRequests.test(path)
      if (!mayRepeat || !(await recover(problem))) throw new ProblemError(problem)
    }
  }

  return {
    get: async (path) => parsed(await call(path, { method: 'GET' })),
    post: async (path, body) =>
      parsed(
        await call(path, {
          method: 'POST',
          ...(body !== undefined && {
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(body),
          }),
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
    onRefusal: (handler) => (recover = handler),
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
