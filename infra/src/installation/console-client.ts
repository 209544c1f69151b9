import { z } from 'zod'

const sessionSchema = z.object({ csrf_token: z.string() })

/** A person who is signed in at one server of the console; another one knows the session too. */
export type ConsoleClient = {
  readonly post: (path: string, body: unknown) => Promise<number>
  /** The same with the answer's body. */
  readonly change: (path: string, body?: unknown) => Promise<unknown>
  readonly get: (url: string, path: string) => Promise<Response>
}

/** Signs in, with the code of a second factor where it is needed. Rejects with the answer's status when that is refused. */
export async function signIn(
  url: string,
  email: string,
  password: string,
  code?: string,
): Promise<ConsoleClient> {
  const send = (path: string, body: object, sent = '') =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: sent },
      body: JSON.stringify(body),
    })
  const begun = await send('/api/session', { email, password })
  const response = code === undefined ? begun : await send('/api/session/code', { code }, cookiesOf(begun))
  if (response.status !== 200) throw new Error(`signing in answered ${response.status}`)
  const { csrf_token: csrf } = sessionSchema.parse(await response.json())
  const cookie = cookiesOf(response)
  const post = (path: string, body: unknown) => {
    const headers = { 'content-type': 'application/json', 'x-csrf-token': csrf, cookie }
    return fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  }
  return {
    post: async (path, body) => {
      const answer = await post(path, body)
      await answer.arrayBuffer()
      return answer.status
    },
    change: async (path, body = {}) => (await post(path, body)).json(),
    get: (at, path) => fetch(`${at}${path}`, { headers: { cookie } }),
  }
}

function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
}
