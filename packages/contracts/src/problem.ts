import { snakeCase } from '@droplock/rules/letter-case'
import type { FaultyPart, Refusal, RefusalCode } from '@droplock/rules/refusals'
import { errors } from './errors.ts'

/** An RFC 9457 problem: the body of every answer that is not a success. The refusal's facts are further members. */
type ProblemBody = {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly code: RefusalCode
  readonly retryable: boolean
  readonly request_id: string
  readonly errors?: readonly FaultyPart[]
  readonly [fact: string]: Refusal['facts'][string] | undefined | readonly FaultyPart[]
}

/**
 * The problem body of a refusal, RFC 9457 §3. `type` is a path on the same server that explains the error. Facts are written in
 * snake_case and never replace a standard member.
 */
export function problem(
  code: RefusalCode,
  detail: string,
  requestId: string,
  facts: Refusal['facts'] = {},
  parts: Refusal['parts'] = [],
): ProblemBody {
  const { status, title, retryable } = errors[code]
  const members = Object.entries(facts).map(([name, value]) => [snakeCase(name), value] as const)
  return {
    ...Object.fromEntries(members),
    type: `/errors/${code}`,
    title,
    status,
    detail,
    code,
    retryable,
    request_id: requestId,
    ...(parts.length > 0 && { errors: parts }),
  }
}
