import { limitBody, uncached } from '@droplock/http/limit-body'
import { addressOfSource, sourceFrom } from '@droplock/http/source'
import { timeout } from 'hono/timeout'
import type { Dependencies, Marketplace } from '../marketplace.ts'
import { AUTH_PATH, SOURCE_HEADER } from './auth.ts'

/** Names, addresses and passwords. Octets. */
const BODY_BYTES_MAX = 8_192

/** Sign-up, sign-in, confirmed addresses and passwords: better-auth's own routes. */
export function mountAuth(app: Marketplace, { auth, settings }: Dependencies): void {
  app.on(
    ['GET', 'POST'],
    `${AUTH_PATH}/*`,
    uncached,
    limitBody(BODY_BYTES_MAX),
    timeout(settings.requestMsMax),
    async (c) => {
      const headers = new Headers(c.req.raw.headers)
      headers.set(SOURCE_HEADER, addressOfSource(sourceFrom(c.env)))
      return auth.handler(new Request(c.req.raw, { headers }))
    },
  )
}
