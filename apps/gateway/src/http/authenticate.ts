import { createHash } from 'node:crypto'
import { findApiKey, keyRevoked } from '@droplock/core/api-keys'
import { type AccountActor, actFor } from '@droplock/core/context'
import { sourceFrom } from '@droplock/http/source'
import { judgeApiKeyText, modeOfApiKey } from '@droplock/rules/api-key-text'
import { Refusal } from '@droplock/rules/refusals'
import type { MiddlewareHandler } from 'hono'
import type { Dependencies, Environment, GatewayRequest, Mode, Served } from '../gateway.ts'
import { keyOf } from './admission.ts'
import { requireAllowedAddress } from './allowed-addresses.ts'
import { isOfKey, readCalendarToken } from './calendar-token.ts'

/** Finds the account and the database of the request's key. Throws Refusal('unauthenticated'). */
export function authenticate({ modes, admission }: Dependencies): MiddlewareHandler<Environment> {
  return async (c, next) => {
    const { key, mode } = readKey(c.req.header('Authorization'))
    const served = servedBy(modes, mode)
    const actor = await served.authenticate(createHash('sha256').update(key).digest())
    if (actor === undefined) {
      admission?.noteUnknown(sourceFrom(c.env), key)
      throw keyRevoked()
    }
    admission?.note(key)
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
    if (key === undefined || !isOfKey(token, key.keySha256)) {
      dependencies.admission?.noteUnknown(sourceFrom(c.env))
      throw keyRevoked()
    }
    setActor(c, token.mode, served, key.actor)
    await next()
  }
}

function servedBy(modes: Dependencies['modes'], mode: Mode): Served {
  const served = modes[mode]
  if (served === undefined) throw new Refusal('unauthenticated', `This server does not accept ${mode} keys.`)
  if (served.isServed?.() === false)
    throw new Refusal('unavailable', `The ${mode} mode is not served at the moment.`)
  return served
}

/** Throws Refusal('address_not_allowed'). */
function setActor(c: GatewayRequest, mode: Mode, served: Served, actor: AccountActor): void {
  requireAllowedAddress(actor, sourceFrom(c.env))
  const { ctx, provider, keyUse } = served
  keyUse?.note(actor.keyId)
  c.set('mode', mode)
  c.set('ctx', actFor(ctx, actor))
  c.set('provider', provider)
  c.var.event.add({ mode, account_id: actor.accountId, key_id: actor.keyId })
}

function readKey(header: string | undefined): { readonly key: string; readonly mode: Mode } {
  if (header === undefined) {
    throw new Refusal('unauthenticated', 'Send an API key in the header Authorization, as a Bearer token.')
  }
  const key = keyOf(header)
  if (key === undefined) {
    throw new Refusal('unauthenticated', 'The header Authorization contains no API key.')
  }
  // Without asking the database: a checksum that is wrong, or a text that was never issued.
  if (judgeApiKeyText(key) === 'no_key') {
    throw new Refusal('unauthenticated', 'This is no API key: it was mistyped or cut off.')
  }
  return { key, mode: modeOfApiKey(key) }
}
