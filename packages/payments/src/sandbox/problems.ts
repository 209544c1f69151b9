import type { Context } from 'hono'
import type { z } from 'zod'
import type {
  DisputeRecord,
  IntentRecord,
  Outcome,
  PayoutRecord,
  RefundRecord,
} from '../processor/records.ts'
import { type ProblemCode, statusByCode } from './protocol.ts'

/** A refusal as problem+json (RFC 9457) with a stable code. It quotes nothing of the request. */
export class Problem extends Error {
  readonly code: ProblemCode

  constructor(code: ProblemCode, detail: string) {
    super(detail)
    this.name = 'Problem'
    this.code = code
  }
}

export function renderProblem({ code, message }: Problem): Response {
  const status = statusByCode[code]
  return Response.json(
    { status, code, detail: message },
    { status, headers: { 'content-type': 'application/problem+json' } },
  )
}

/** The body, parsed. Throws Problem `invalid_request`, which names the field only. */
export async function readBody<Schema extends z.ZodType>(
  c: Context,
  schema: Schema,
): Promise<z.output<Schema>> {
  const body: unknown = await c.req.json().catch(() => {
    throw new Problem('invalid_request', 'the body is not JSON')
  })
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  throw new Problem('invalid_request', `not valid: ${parsed.error.issues[0]?.path.join('.') || 'the body'}`)
}

/** The record that a command returned. Throws Problem for a refusal. */
export function intentOf(outcome: Outcome): IntentRecord {
  if (outcome.kind === 'intent') return outcome.intent
  throw refusal(outcome)
}

export function refundOf(outcome: Outcome): RefundRecord {
  if (outcome.kind === 'refund') return outcome.refund
  throw refusal(outcome)
}

export function disputeOf(outcome: Outcome): DisputeRecord {
  if (outcome.kind === 'dispute') return outcome.dispute
  throw refusal(outcome)
}

export function payoutOf(outcome: Outcome): PayoutRecord {
  if (outcome.kind === 'payout') return outcome.payout
  throw refusal(outcome)
}

/** Throws Problem for a refusal. */
export function requireAccepted(outcome: Outcome): void {
  if (outcome.kind === 'refused') throw refusal(outcome)
}

function refusal(outcome: Outcome): Error {
  if (outcome.kind !== 'refused') return new Error('the command returned another kind of record')
  return new Problem(outcome.code, outcome.code.replaceAll('_', ' '))
}
