import type { MiddlewareHandler } from 'hono'
import { createMiddleware } from 'hono/factory'
import type { Env } from './listen.ts'

/**
 * A fault of the next request that changes something.
 * - `lose_answer`: it is carried out, and the connection breaks before the answer.
 * - `never_answer`: it is carried out, and no answer comes until the client gives up.
 * - `refuse_rate`: 429, before anything is read.
 * - `fail_before`, `fail_after`: 500, with nothing done, or with everything done. Repeating the key returns the same 500, as
 *   at Stripe: only reading the object shows which it was.
 * - `webhook_first`: the webhook is delivered before the answer.
 */
export type Fault =
  | 'lose_answer'
  | 'never_answer'
  | 'refuse_rate'
  | 'fail_before'
  | 'fail_after'
  | 'webhook_first'

export const faultKinds = [
  'lose_answer',
  'never_answer',
  'refuse_rate',
  'fail_before',
  'fail_after',
  'webhook_first',
] as const satisfies readonly Fault[]

/** More planned faults than this are a mistake. */
export const FAULTS_MAX = 1_000

export type Faults = {
  /** Plans the fault for the next `times` requests, after those planned before. */
  plan(fault: Fault, times?: number): void
  next(): Fault | undefined
}

export function createFaults(): Faults {
  const planned: Fault[] = []
  return {
    plan: (fault, times = 1) => {
      if (planned.length + times > FAULTS_MAX) throw new RangeError(`at most ${FAULTS_MAX} faults`)
      planned.push(...Array.from({ length: times }, () => fault))
    },
    next: () => planned.shift(),
  }
}

/** How a protocol answers a request with a fault. */
type FaultResponses = {
  readonly rateLimited: () => Response
  readonly serverError: () => Response
  /** Resolves when all webhooks so far have been answered. */
  readonly webhooksIdle: () => Promise<void>
}

/** Injects the planned faults into POST requests. */
export function injectFaults(faults: Faults, responses: FaultResponses): MiddlewareHandler<Env> {
  const failedKeys = new Set<string>()
  return createMiddleware<Env>(async (c, next) => {
    if (c.req.method !== 'POST') return next()
    const key = c.req.header('idempotency-key')
    if (key !== undefined && failedKeys.has(key)) return responses.serverError()
    const fault = faults.next()
    if (fault === 'refuse_rate') return responses.rateLimited()
    if (key !== undefined && (fault === 'fail_before' || fault === 'fail_after')) failedKeys.add(key)
    if (fault === 'fail_before') return responses.serverError()
    await next()
    if (fault === 'webhook_first') await responses.webhooksIdle()
    if (fault === 'fail_after') c.res = responses.serverError()
    if (fault === 'lose_answer') c.env.incoming.socket.destroy()
    if (fault === 'never_answer') await new Promise<void>((gone) => c.env.outgoing.once('close', gone))
    return undefined
  })
}
