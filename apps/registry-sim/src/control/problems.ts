import type { Context } from 'hono'

/** A refusal of the control API, in the shape of problem+json (RFC 9457) with a stable code. */
export type ProblemCode =
  | 'not_found'
  | 'registry_not_found'
  | 'name_not_found'
  | 'account_not_found'
  | 'malformed_json'
  | 'invalid_request'
  | 'request_too_large'
  | 'too_many_faults'
  | 'too_many_openings'
  | 'not_a_daily_registry'
  | 'batch_in_the_past'
  | 'nothing_waits'
  | 'entry_not_found'
  | 'internal_error'

const statuses = {
  not_found: 404,
  registry_not_found: 404,
  name_not_found: 404,
  account_not_found: 404,
  malformed_json: 400,
  invalid_request: 422,
  request_too_large: 413,
  too_many_faults: 409,
  too_many_openings: 409,
  not_a_daily_registry: 409,
  batch_in_the_past: 409,
  nothing_waits: 409,
  entry_not_found: 404,
  internal_error: 500,
} as const satisfies Record<ProblemCode, number>

export class Problem extends Error {
  readonly code: ProblemCode

  constructor(code: ProblemCode, detail: string) {
    super(detail)
    this.name = 'Problem'
    this.code = code
  }
}

export function renderProblem(c: Context, code: ProblemCode, detail: string): Response {
  const status = statuses[code]
  return c.json({ status, code, detail }, status, { 'content-type': 'application/problem+json' })
}
