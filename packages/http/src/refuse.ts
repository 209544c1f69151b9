import { IncomingMessage } from 'node:http'
import { errors } from '@droplock/contracts/errors'
import { retryAfterOf } from '@droplock/contracts/errors/retry-after'
import { problem } from '@droplock/contracts/problem'
import { type FaultyPart, Refusal, type RefusalCode } from '@droplock/rules/refusals'
import type { z } from '@hono/zod-openapi'
import type { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { faultyParts } from './faults.ts'
import type { Answering, HttpEnvironment } from './observe.ts'

/** A refusal as an RFC 9457 problem, with the headers that its status requires (RFC 9110 §11.6.1, §10.2.3). */
export function refuse(c: Answering, { code, message, facts, parts }: Refusal): Response {
  const { status } = errors[code]
  c.var.event.add({ code })
  c.header('Content-Type', 'application/problem+json')
  if (code === 'unauthenticated') c.header('WWW-Authenticate', 'Bearer realm="droplock"')
  const retryAfter = givenIn(facts) ?? retryAfterOf(code)
  if (retryAfter !== undefined) c.header('Retry-After', retryAfter)
  return c.body(JSON.stringify(problem(code, message, c.var.requestId, facts, parts)), status)
}

/** When to come back, where the refusal itself says so. */
function givenIn({ retry_at: at, retry_after_seconds: seconds }: Refusal['facts']): string | undefined {
  if (typeof seconds === 'number') return String(seconds)
  return typeof at === 'string' ? dateOf(at) : undefined
}

/** Rounded up: a date in a header has no fractions of a second. */
function dateOf(iso: string): string {
  return new Date(Math.ceil(Date.parse(iso) / 1_000) * 1_000).toUTCString()
}

/** A name in a path to a member may be of any length. */
const DETAIL_CHARACTERS_MAX = 500

type Validation = { readonly target: string } & (
  | { readonly success: true }
  | { readonly success: false; readonly error: z.ZodError }
)

/** Turns validation errors of the framework into a refusal that names each place. Throws Refusal('invalid_request'). */
export function onInvalid(result: Validation): void {
  if (result.success) return
  const parts = faultyParts(result.target, result.error)
  const said = parts.map((part) => `${nameOf(part)} ${part.detail}`).join('; ')
  throw new Refusal('invalid_request', `${said.slice(0, DETAIL_CHARACTERS_MAX)}.`, {}, parts)
}

function nameOf({ pointer, parameter, header }: FaultyPart): string {
  if (pointer !== undefined) return pointer === '' ? 'The body' : pointer.slice(1).replaceAll('/', '.')
  return parameter ?? header ?? 'The request'
}

type ErrorKinds = {
  readonly isUnreachable: (error: unknown) => boolean
  readonly isOver: (error: unknown) => boolean
}

/**
 * Handles every error of every request: refusals are returned; all other errors are logged, and the answer reveals nothing internal.
 * `isUnreachable` recognises the errors of an unreachable database, which are temporary; `isOver` those of work that was ended because
 * its request is over.
 */
export function onErrorOf({ isUnreachable, isOver }: ErrorKinds) {
  return (error: Error, c: Answering): Response => {
    // Nobody reads this answer.
    if (isOver(error)) {
      c.var.event.add({ client_gone: true })
      return refuse(c, new Refusal('unavailable', errors.unavailable.doc))
    }
    if (error instanceof Refusal) {
      // A refusal that was caused by an internal error carries that as its cause, which is logged nowhere else. Many requests for
      // one name (`try_again`) are not an error.
      if (error.cause !== undefined && error.code !== 'try_again') c.var.event.fail(error)
      return refuse(c, error)
    }
    // A request that has not arrived completely was not served, whatever error it caused; but if the database is away, its client is not at fault.
    const incoming = incomingOf(c)
    if (incoming?.complete === false && (incoming.destroyed || !isUnreachable(error))) {
      if (incoming.destroyed) c.var.event.add({ client_gone: true })
      return refuse(c, new Refusal('request_timeout', errors.request_timeout.doc))
    }
    if (error instanceof HTTPException) {
      const code = codeOfStatus[error.status]
      if (code !== undefined) return refuse(c, new Refusal(code, errors[code].doc))
    }
    c.var.event.fail(error)
    const code = isUnreachable(error) ? 'unavailable' : 'internal_error'
    return refuse(c, new Refusal(code, errors[code].doc))
  }
}

/** Node's request; absent in tests without a server. `complete`: the whole body has been received. */
function incomingOf(c: Answering): IncomingMessage | undefined {
  const incoming: unknown = Object(c.env).incoming
  return incoming instanceof IncomingMessage ? incoming : undefined
}

/** Errors of the framework by their status; 504 is a request that took too long. */
const codeOfStatus: Readonly<Partial<Record<number, RefusalCode>>> = {
  400: 'malformed_json',
  413: 'request_too_large',
  415: 'unsupported_media_type',
  504: 'unavailable',
}

/** The part of an operation that routing needs. */
type Routed = { readonly method: string; readonly getRoutingPath: () => string }

/** The framework answers a wrong method with 404; RFC 9110 §15.5.6 requires 405 and `Allow`. Mount this after the routes. */
export function refuseOtherMethods<App extends HttpEnvironment>(
  app: Hono<App>,
  operations: readonly Routed[],
): void {
  const byPath = Map.groupBy(operations, (operation) => operation.getRoutingPath())
  for (const [path, found] of byPath) {
    const methods = found.map(({ method }) => method.toUpperCase())
    // HEAD is served wherever GET is.
    const allow = (methods.includes('GET') ? [...methods, 'HEAD'] : methods).toSorted().join(', ')
    app.all(path, (c) => {
      c.header('Allow', allow)
      return refuse(c, new Refusal('method_not_allowed', `${c.req.method} is not one of: ${allow}.`))
    })
  }
}
