import type { Context } from '@droplock/core/context'
import { countRequest, type RequestLimit } from '@droplock/core/members/count-request'
import { sourceFrom } from '@droplock/http/source'
import { Refusal } from '@droplock/rules/refusals'
import type { MiddlewareHandler } from 'hono'
import type { Environment } from '../marketplace.ts'

const MINUTE_SECONDS = 60
const HOUR_SECONDS = 3_600

/** What one source may ask of sign-up and sign-in: a household or an office, or a stranger who guesses. */
const limitsOfSource = {
  'sign-in': { max: 10, windowSeconds: MINUTE_SECONDS },
  'sign-up': { max: 20, windowSeconds: HOUR_SECONDS },
  'ask for a link': { max: 10, windowSeconds: HOUR_SECONDS },
  'change a password': { max: 20, windowSeconds: HOUR_SECONDS },
  'change an address': { max: 10, windowSeconds: HOUR_SECONDS },
  'other requests': { max: 60, windowSeconds: MINUTE_SECONDS },
} as const satisfies Readonly<Record<string, RequestLimit>>

export type Limited = keyof typeof limitsOfSource

/** Counts each request by where it comes from, before its body is read. Throws Refusal('address_limited'). */
export function limitSource(ctx: Context, what: Limited): MiddlewareHandler<Environment> {
  return async (c, next) => {
    await requireFew(ctx, `source ${sourceFrom(c.env)} ${what}`, limitsOfSource[what])
    await next()
  }
}

/** Counts one more of `key`. Throws Refusal('address_limited') where that is too many. */
export async function requireFew(ctx: Context, key: string, limit: RequestLimit): Promise<void> {
  const seconds = await countRequest(ctx, key, limit)
  if (seconds === undefined) return
  throw new Refusal('address_limited', `Too many requests. Try again in ${seconds} seconds.`, {
    retry_after_seconds: seconds,
  })
}
