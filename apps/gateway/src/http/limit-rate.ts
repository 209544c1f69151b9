import { RATE_WINDOW_SECONDS } from '@droplock/rules/rate-limits'
import { Refusal } from '@droplock/rules/refusals'
import type { MiddlewareHandler } from 'hono'
import type { Dependencies, Environment } from '../gateway.ts'

/**
 * Counts the request against its account's quota, and says in every answer what is left (draft-ietf-httpapi-ratelimit-headers). Mount it
 * behind `authenticate`. Throws Refusal('rate_limited').
 */
export function limitRate({ modes }: Dependencies): MiddlewareHandler<Environment> {
  return async (c, next) => {
    const take = modes[c.var.mode]?.takeTurn
    if (take === undefined) return next()
    const bucket = c.req.method === 'GET' || c.req.method === 'HEAD' ? 'reads' : 'claims'
    const { isWithin, quota, remaining, resetSeconds } = await take(c.var.ctx, bucket)
    c.header('RateLimit-Policy', `"${bucket}";q=${quota};w=${RATE_WINDOW_SECONDS}`)
    c.header('RateLimit', `"${bucket}";r=${remaining};t=${resetSeconds}`)
    if (!isWithin) {
      const detail = `Your account has sent ${quota} requests of this kind in this minute.`
      throw new Refusal('rate_limited', detail, { bucket, quota, retry_after_seconds: resetSeconds })
    }
    await next()
    // The key was revoked meanwhile: answered as without one.
    if (c.res.status !== 401) return
    c.res.headers.delete('RateLimit-Policy')
    c.res.headers.delete('RateLimit')
  }
}
