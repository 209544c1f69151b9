import type { RefusalCode } from '@droplock/rules/refusals'
import { errors } from '../errors.ts'

/** By status. A lock passes within a second; a queue that is full takes longer. Seconds. */
const byStatus: Readonly<Partial<Record<number, string>>> = { 429: '10', 503: '1' }

/** Of a 409, which as a rule does not pass. Seconds. */
const byCode: Readonly<Partial<Record<RefusalCode, string>>> = { request_in_progress: '1' }

/** The `Retry-After` of a refusal that has no time of its own (RFC 9110 §10.2.3). Seconds; undefined where there is none. */
export function retryAfterOf(code: RefusalCode): string | undefined {
  return byCode[code] ?? byStatus[errors[code].status]
}
