import { Problem } from '@droplock/contracts/common/responses'
import { errors } from '@droplock/contracts/errors'
import type { RefusalCode } from '@droplock/rules/refusals'
import { expect, test } from 'vitest'
import { type OperationId, readOperations } from '../../src/operations.ts'
import { type BodiedId, bodiedIds, editIds, keyedIds, operationIds } from './requests.ts'

/** The test of one documented refusal. `coverage.test.ts` looks for it by operation and code. */
export function refuses(
  operation: OperationId,
  code: RefusalCode,
  guarantee: string,
  ask: () => Promise<Response>,
): void {
  test(`${operation} refuses with ${code} ${guarantee}`, async () => {
    await expectProblem(await ask(), code)
  })
}

/** The test of one documented success. `coverage.test.ts` looks for it by operation and status. */
export function answers(
  operation: OperationId,
  status: number,
  guarantee: string,
  run: () => Promise<void>,
): void {
  test(`${operation} answers ${status}: ${guarantee}`, run)
}

/** A refusal that any operation may answer with, asked of each. */
export function everyOperationRefuses(
  code: RefusalCode,
  guarantee: string,
  ask: (operation: OperationId) => Promise<Response>,
): void {
  test.each(operationIds)(`%s refuses with ${code} ${guarantee}`, async (operation) => {
    await expectProblem(await ask(operation), code)
  })
}

/** A refusal that any search or list may answer with, asked of each. */
export function everyReadRefuses(
  code: RefusalCode,
  guarantee: string,
  ask: (operation: OperationId) => Promise<Response>,
): void {
  test.each(readOperations)(`%s refuses with ${code} ${guarantee}`, async (operation) => {
    await expectProblem(await ask(operation), code)
  })
}

/** A refusal that any operation with a body may answer with, asked of each. */
export function everyBodyRefuses(
  code: RefusalCode,
  guarantee: string,
  ask: (operation: BodiedId) => Promise<Response>,
): void {
  test.each(bodiedIds)(`%s refuses with ${code} ${guarantee}`, async (operation) => {
    await expectProblem(await ask(operation), code)
  })
}

/** A refusal that any operation with an Idempotency-Key may answer with, asked of each. */
export function everyKeyedRefuses(
  code: RefusalCode,
  guarantee: string,
  ask: (operation: OperationId) => Promise<Response>,
): void {
  test.each(keyedIds)(`%s refuses with ${code} ${guarantee}`, async (operation) => {
    await expectProblem(await ask(operation), code)
  })
}

/** A refusal that any edit of what has versions may answer with, asked of each. */
export function everyEditRefuses(
  code: RefusalCode,
  guarantee: string,
  ask: (operation: OperationId) => Promise<Response>,
): void {
  test.each(editIds)(`%s refuses with ${code} ${guarantee}`, async (operation) => {
    await expectProblem(await ask(operation), code)
  })
}

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
