import { createHash } from 'node:crypto'
import { keyRevoked } from '@droplock/core/api-keys'
import { actFor } from '@droplock/core/context'
import { Refusal } from '@droplock/rules/refusals'
import type { MiddlewareHandler } from 'hono'
import type { Dependencies, Environment, Mode } from '../gateway.ts'

/** RFC 6750 §2.1; the scheme's name has no case. The key's own part is 256 random bits in base64url, or a little more. */
const bearer = /^Bearer +(dlk_(test|live)_[\w-]{20,100})$/i

/** Finds the account and the database of the request's key. Throws Refusal('unauthenticated'). */
export function authenticate({ modes }: Dependencies): MiddlewareHandler<Environment> {
  return async (c, next) => {
    const { key, mode } = readKey(c.req.header('Authorization'))
    const served = modes[mode]
    if (served === undefined)
      throw new Refusal('unauthenticated', `This server does not accept ${mode} keys.`)
    const actor = await served.authenticate(createHash('sha256').update(key).digest())
    if (actor === undefined) throw keyRevoked()
    c.set('mode', mode)
    c.set('ctx', actFor(served.ctx, actor))
    c.set('provider', served.provider)
    c.var.event.add({ mode, account_id: actor.accountId, key_id: actor.keyId })
    await next()
  }
}

function readKey(header: string | undefined): { readonly key: string; readonly mode: Mode } {
  if (header === undefined) {
    throw new Refusal('unauthenticated', 'Send an API key in the header Authorization, as a Bearer token.')
  }
  const key = bearer.exec(header)?.[1]
  if (key === undefined) throw new Refusal('unauthenticated', 'The header Authorization contains no API key.')
  return { key, mode: key.startsWith('dlk_live_') ? 'live' : 'test' }
}
