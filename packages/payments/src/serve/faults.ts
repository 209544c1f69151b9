import type { MiddlewareHandler } from 'hono'
import { createMiddleware } from 'hono/factory'
import type { Env } from './listen.ts'

/**
 * What may go wrong with the next request that changes something.
 * - `lose_answer`: it is carried out, and the connection breaks before the answer.
 * - `never_answer`: it is carried out, and nothing comes until the client gives up.
 * - `refuse_rate`: 429, before anything is looked at.
 * - `fail_before`, `fail_after`: 500, and nothing was done, or all of it. Repeating the key tells the same 500, as Stripe
 *   does: only a look at the object tells which it was.
 * - `webhook_first`: the receiver hears of it before the caller does.
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

/** More plans than this are a mistake of whoever plans them. */
export const faultsMax = 1_000

export type Faults = {
  /** The next `times` requests meet this, after those planned before. */
  plan(fault: Fault, times?: number): void
  take(): Fault | undefined
}

export function createFaults(): Faults {
  const planned: Fault[] = []
  return {
    plan: (fault, times = 1) => {
      if (planned.length + times > faultsMax) throw new RangeError(`at most ${faultsMax} faults`)
      planned.push(...Array.from({ length: times }, () => fault))
    },
    take: () => planned.shift(),
  }
}

/** How a protocol renders what a fault makes of a request. */
type FaultFace = {
  readonly rateLimited: () => Response
  readonly serverError: () => Response
  /** Ends when all webhooks so far have been answered. */
  readonly webhooksIdle: () => Promise<void>
}

/** Makes POST requests fail as planned. */
export function meetFaults(faults: Faults, face: FaultFace): MiddlewareHandler<Env> {
  const failedKeys = new Set<string>()
  return createMiddleware<Env>(async (c, next) => {
    if (c.req.method !== 'POST') return next()
    const key = c.req.header('idempotency-key')
    if (key !== undefined && failedKeys.has(key)) return face.serverError()
    const fault = faults.take()
    if (fault === 'refuse_rate') return face.rateLimited()
    if (key !== undefined && (fault === 'fail_before' || fault === 'fail_after')) failedKeys.add(key)
    if (fault === 'fail_before') return face.serverError()
    await next()
    if (fault === 'webhook_first') await face.webhooksIdle()
    if (fault === 'fail_after') c.res = face.serverError()
    if (fault === 'lose_answer') c.env.incoming.socket.destroy()
    if (fault === 'never_answer') await new Promise<void>((gone) => c.env.outgoing.once('close', gone))
    return undefined
  })
}
