import { limitBody, uncached } from '@droplock/http/limit-body'
import { sourceFrom } from '@droplock/http/source'
import { Refusal } from '@droplock/rules/refusals'
import type { Dependencies, Marketplace } from '../marketplace.ts'
import { currencyOf } from './preferences.ts'
import type { Sessions } from './sessions.ts'
import { isStream } from './streams.ts'
import { askerOf, type Visitors } from './visitors.ts'

/** Below this path the gateway answers as at its own root. */
const PATH = '/api'

/** The gateway takes a thousand names at once. Octets. */
const BODY_BYTES_MAX = 262_144

const UNAUTHENTICATED = 401
const FORBIDDEN = 403

type Mounted = { readonly sessions: Sessions; readonly visitors: Visitors }

/**
 * The reseller API, for the account of the session, with the key of the session: the pages can do nothing that the API cannot. Without a
 * session the listings are read with the key of the house. A stream of events outlives its key's renewals: the gateway looks at the key of
 * an open stream again and again, and a browser whose stream has ended comes back by itself, with `Last-Event-ID`, and gets a renewed one.
 */
export function mountGateway(
  app: Marketplace,
  { gateway, keys, streams }: Dependencies,
  { sessions, visitors }: Mounted,
): void {
  app.all(`${PATH}/v1/*`, uncached, limitBody(BODY_BYTES_MAX), async (c) => {
    const { pathname, search } = new URL(c.req.url)
    // `%2e%2e` is resolved only now: nothing else of the gateway is reached.
    if (!pathname.startsWith(`${PATH}/v1/`)) throw new Refusal('not_found', 'There is nothing at this path.')
    const path = pathname.slice(PATH.length) + search
    const { requestId } = c.var
    const session = await sessions.of(c.req.raw.headers)
    if (session === undefined) {
      if (c.req.method !== 'GET' || !visitors.mayRead(path))
        throw new Refusal('unauthenticated', 'Sign in first.')
      visitors.admit(sourceFrom(c.env))
      const answer = await visitors.read(path, await currencyOf(c, visitors), askerOf(c))
      return new Response(answer.text, { status: answer.status, headers: { 'content-type': answer.type } })
    }
    const body = await c.req.arrayBuffer()
    const source = sourceFrom(c.env)
    const send = async (keyId: string) => {
      const apiKey = keys.textOf(keyId)
      const answer = await gateway.forward({ request: c.req.raw, path, body, apiKey, requestId, source })
      return isStream(answer) ? streams.passOn(answer) : answer
    }
    const answer = await send(session.keyId)
    // It may be suspended: then the next page says so.
    if (answer.status === FORBIDDEN) sessions.forget(session.memberId)
    if (answer.status !== UNAUTHENTICATED) return answer
    // Another role has another key; nothing was done with the old one.
    sessions.forget(session.memberId)
    const again = await sessions.of(c.req.raw.headers)
    return again === undefined ? answer : send(again.keyId)
  })
}
