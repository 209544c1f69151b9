import { Problem } from '@droplock/contracts/common/responses'
import { errors } from '@droplock/contracts/errors'
import type { RefusalCode } from '@droplock/rules/refusals'
import { expect } from 'vitest'

/** Expects the whole form of a problem: status, media type, standard members, and the request's id in body and header. */
export async function expectProblem(response: Response, code: RefusalCode) {
  const body: unknown = await response.json()
  expect(body).toMatchObject({ code, type: `/errors/${code}`, status: errors[code].status })
  expect(response.status).toBe(errors[code].status)
  expect(response.headers.get('Content-Type')).toBe('application/problem+json')
  const problem = Problem.parse(body)
  expect(problem.request_id).toBe(response.headers.get('X-Request-Id'))
  return problem
}

/** The body of a success, as the contract has it. */
export async function expectBody<Schema extends { parse(value: unknown): unknown }>(
  response: Response,
  status: number,
  schema: Schema,
): Promise<ReturnType<Schema['parse']>> {
  const body: unknown = await response.json()
  expect([response.status, body]).toMatchObject([status, {}])
  // Schemas say what they parse to; this only repeats it.
  return schema.parse(body) as ReturnType<Schema['parse']>
}
