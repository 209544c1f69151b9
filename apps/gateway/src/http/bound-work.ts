import { Refusal } from '@droplock/rules/refusals'
import type { MiddlewareHandler } from 'hono'
import type { Environment } from '../gateway.ts'

/**
 * Refuses a request at once while `atOnceMax` others wait for their answers: 503 with `Retry-After`. Under more load than the gateway has
 * room for, those that are taken are answered as fast as ever, and nobody waits for an answer that comes after they have given up. Throws
 * Refusal('unavailable').
 */
export function boundWork(atOnceMax: number): MiddlewareHandler<Environment> {
  let underWay = 0
  return async (_, next) => {
    if (underWay >= atOnceMax)
      throw new Refusal(
        'unavailable',
        'The service is busy. Nothing was done. Send the request again shortly.',
      )
    underWay += 1
    try {
      await next()
    } finally {
      underWay -= 1
    }
  }
}
