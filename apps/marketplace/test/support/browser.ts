import { z } from 'zod'
import type { Marketplace } from '../../src/marketplace.ts'

export type Ask = {
  readonly method?: string
  readonly path: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** Null: none is sent. */
  readonly origin?: string | null
}

/** As much of a browser as sign-in needs: it keeps cookies, and sends `Origin` with what changes something. */
export type Browser = {
  readonly send: (ask: Ask) => Promise<Response>
  readonly get: (path: string) => Promise<Response>
  readonly post: (path: string, body?: unknown) => Promise<Response>
  /** Opens a link of a mail; returns where it leads. */
  readonly open: (link: string) => Promise<string>
  readonly cookies: Map<string, string>
  /** The attributes of each cookie as it was last set. */
  readonly attributes: ReadonlyMap<string, string>
}

export function openBrowser(app: Marketplace, origin: string, source = '192.0.2.1'): Browser {
  const cookies = new Map<string, string>()
  const attributes = new Map<string, string>()
  const send = async ({ method = 'GET', path, body, headers = {}, origin: from = origin }: Ask) => {
    const response = await app.request(
      path,
      {
        method,
        headers: {
          ...(cookies.size > 0 && {
            Cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
          }),
          ...(method !== 'GET' && from !== null && { Origin: from }),
          ...(body !== undefined && { 'Content-Type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      },
      { source },
    )
    for (const text of response.headers.getSetCookie()) keep(text)
    return response
  }
  const keep = (text: string) => {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(text) ?? []
    attributes.set(name, text)
    if (value === '' || /max-age=0/i.test(text)) cookies.delete(name)
    else cookies.set(name, value)
  }
  return {
    send,
    get: (path) => send({ path }),
    post: (path, body = {}) => send({ method: 'POST', path, body }),
    open: async (link) => {
      const { pathname, search } = new URL(link)
      const response = await send({ path: pathname + search })
      return response.headers.get('Location') ?? `answered with ${response.status}`
    },
    cookies,
    attributes,
  }
}

const Problem = z.object({ code: z.string() })

/** Status and code of a refusal. */
export async function refusalIn(response: Response): Promise<readonly [number, string]> {
  return [response.status, Problem.parse(await response.json()).code]
}
