import { errors } from '@droplock/contracts/errors'
import { problem } from '@droplock/contracts/problem'
import type { Refusal } from '@droplock/rules/refusals'
import type { Answering } from './environment.ts'

/** Soon enough for a passing lock, late enough not to hammer. */
const retryAfterSeconds = 1

/** A refusal as an RFC 9457 problem, with the headers its status asks for (RFC 9110 §11.6.1, §10.2.3). */
export function refuse(c: Answering, { code, message, facts }: Refusal): Response {
  const { status } = errors[code]
  c.var.event.add({ code })
  c.header('Content-Type', 'application/problem+json')
  if (code === 'unauthenticated') c.header('WWW-Authenticate', 'Bearer realm="droplock"')
  if (status === 503) c.header('Retry-After', String(retryAfterSeconds))
  return c.body(JSON.stringify(problem(code, message, c.var.requestId, facts)), status)
}
