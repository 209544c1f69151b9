import { errors } from '@droplock/contracts/errors'
import { problem } from '@droplock/contracts/problem'
import type { Refusal } from '@droplock/rules/refusals'
import type { Answering } from './environment.ts'

/** By status: soon enough for a passing lock, late enough not to hammer; and a turn of somebody else takes a while. */
const retryAfterSeconds: Readonly<Partial<Record<number, string>>> = { 429: '10', 503: '1' }

/** A refusal as an RFC 9457 problem, with the headers its status asks for (RFC 9110 §11.6.1, §10.2.3). */
export function refuse(c: Answering, { code, message, facts }: Refusal): Response {
  const { status } = errors[code]
  c.var.event.add({ code })
  c.header('Content-Type', 'application/problem+json')
  if (code === 'unauthenticated') c.header('WWW-Authenticate', 'Bearer realm="droplock"')
  const { retry_at: retryAt } = facts
  const retryAfter = typeof retryAt === 'string' ? dateOf(retryAt) : retryAfterSeconds[status]
  if (retryAfter !== undefined) c.header('Retry-After', retryAfter)
  return c.body(JSON.stringify(problem(code, message, c.var.requestId, facts)), status)
}

/** Not before the time: a date in a header has no fractions of a second. */
function dateOf(iso: string): string {
  return new Date(Math.ceil(Date.parse(iso) / 1_000) * 1_000).toUTCString()
}
