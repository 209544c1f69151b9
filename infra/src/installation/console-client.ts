import { z } from 'zod'

const sessionSchema = z.object({ csrf_token: z.string() })

/** A person who is signed in at one server of the console; another one knows the session too. */
export type ConsoleClient = {
  readonly post: (path: string, body: unknown) => Promise<number>
  readonly get: (url: string, path: string) => Promise<Response>
}

/** Signs in. Rejects with the answer's status when that is refused. */
export async function signIn(url: string, email: string, password: string): Promise<ConsoleClient> {
  const response = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  })
  if (response.status !== 200) throw new Error(`signing in answered ${response.status}`)
  const { csrf_token: csrf } = sessionSchema.parse(await response.json())
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  return {
    post: async (path, body) => {
      const headers = { 'content-type': 'application/json', 'x-csrf-token': csrf, cookie }
      const answer = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
      await answer.arrayBuffer()
      return answer.status
    },
    get: (at, path) => fetch(`${at}${path}`, { headers: { cookie } }),
  }
}
