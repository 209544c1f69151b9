import { createHash } from 'node:crypto'
import { findApiKey, keyRevoked } from '@droplock/core/api-keys'
import { type AccountActor, actFor } from '@droplock/core/context'
import { modeOfApiKey } from '@droplock/rules/api-key-text'
import { Refusal } from '@droplock/rules/refusals'
import type { MiddlewareHandler } from 'hono'
import type { Dependencies, Environment, GatewayRequest, Mode, Served } from '../gateway.ts'
import { isOfKey, readCalendarToken } from './calendar-token.ts'

/** RFC 6750 §2.1; the scheme's name has no case. The key's own part is 256 random bits in base64url, or a little more. */
const bearer = /^Bearer +(dlk_(test|live)_[\w-]{20,100})$/i

/** Finds the account and the database of the request's key. Throws Refusal('unauthenticated'). */
export function authenticate({ modes }: Dependencies): MiddlewareHandler<Environment> {
  return async (c, next) => {
    const { key, mode } = readKey(c.req.header('Authorization'))
    const served = servedBy(modes, mode)
    const actor = await served.authenticate(createHash('sha256').update(key).digest())
    if (actor === undefined) throw keyRevoked()
    setActor(c, mode, served, actor)
    await next()
  }
}

/** The same for the calendar: by its token where there is no header. Throws Refusal('unauthenticated'). */
export function authenticateCalendar(dependencies: Dependencies): MiddlewareHandler<Environment> {
  const byKey = authenticate(dependencies)
  return async (c, next) => {
    const text = c.req.query('token')
    if (text === undefined || c.req.header('Authorization') !== undefined) return byKey(c, next)
    const token = readCalendarToken(text)
    if (token === undefined) throw new Refusal('unauthenticated', 'This is no token of a calendar.')
    const served = servedBy(dependencies.modes, token.mode)
    const key = await findApiKey(served.ctx, token.keyId)
    if (key === undefined || !isOfKey(token, key.keySha256)) throw keyRevoked()
    setActor(c, token.mode, served, key.actor)
    await next()
  }
}

function servedBy(modes: Dependencies['modes'], mode: Mode): Served {
  const served = modes[mode]
  if (served === undefined) throw new Refusal('unauthenticated', `This server does not accept ${mode} keys.`)
  return served
}

function setActor(c: GatewayRequest, mode: Mode, { ctx, provider }: Served, actor: AccountActor): void {
  c.set('mode', mode)
  c.set('ctx', actFor(ctx, actor))
  c.set('provider', provider)
  c.var.event.add({ mode, account_id: actor.accountId, key_id: actor.keyId })
}

function readKey(header: string | undefined): { readonly key: string; readonly mode: Mode } {
  if (header === undefined) {
    throw new Refusal('unauthenticated', 'Send an API key in the header Authorization, as a Bearer token.')
  }
  const key = bearer.exec(header)?.[1]
  if (key === undefined) throw new Refusal('unauthenticated', 'The header Authorization contains no API key.')
  return { key, mode: modeOfApiKey(key) }
}
