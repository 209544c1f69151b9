import { errors, problem } from '@droplock/contracts/errors'
import { isUnreachable } from '@droplock/core/database/errors'
import { Refusal, type RefusalCode } from '@droplock/rules/refusals'
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { Environment } from '../gateway.ts'

/** Soon enough for a passing lock, late enough not to hammer. */
const retryAfterSeconds = 1

/** A refusal as an RFC 9457 problem, with the headers its status asks for (RFC 9110 §11.6.1, §10.2.3). */
export function refuse(c: Context<Environment>, { code, message, facts }: Refusal): Response {
  const { status } = errors[code]
  c.var.event.add({ code })
  c.header('Content-Type', 'application/problem+json')
  if (status === 401) c.header('WWW-Authenticate', 'Bearer realm="droplock"')
  if (status === 503) c.header('Retry-After', String(retryAfterSeconds))
  return c.body(JSON.stringify(problem(code, message, c.var.requestId, facts)), status)
}

/** Every error of every request ends here: refusals are told, all else is logged and says nothing of the inside. */
export function onError(error: Error, c: Context<Environment>): Response {
  if (error instanceof Refusal) {
    // A refusal that stands for trouble of ours carries it as its cause, which nobody else logs. A crowd at one name
    // (`try_again`) is no trouble.
    if (error.cause !== undefined && error.code !== 'try_again') c.var.event.fail(error)
    return refuse(c, error)
  }
  if (error instanceof HTTPException) {
    const code = codeOfStatus[error.status]
    if (code !== undefined) return refuse(c, new Refusal(code, errors[code].doc))
  }
  c.var.event.fail(error)
  const code = isUnreachable(error) ? 'unavailable' : 'internal_error'
  return refuse(c, new Refusal(code, errors[code].doc))
}

/** The framework's own refusals, by the status it gives them; 504 is a request that took too long. */
const codeOfStatus: Readonly<Partial<Record<number, RefusalCode>>> = {
  400: 'malformed_json',
  413: 'request_too_large',
  415: 'unsupported_media_type',
  504: 'unavailable',
}
