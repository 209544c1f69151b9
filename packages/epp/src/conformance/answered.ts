import assert from 'node:assert/strict'
import type { Answer, Answered } from '@droplock/rules/ports/registrar'

/** The answer. Throws when there was none. */
export function answered<Data>(answer: Answer<Data>): Answered<Data> {
  if (answer.kind !== 'answered') assert.fail(`${answer.kind}: ${answer.reason}`)
  return answer
}

/** The answer's data. Throws when it was refused, or carried none. */
export function dataOf<Data>(answer: Answer<Data>): NonNullable<Data> {
  const { code, message, data } = answered(answer)
  if (data === undefined || data === null) assert.fail(`no data came with ${code} ${message}`)
  return data
}

/** Throws unless the command was carried out. */
export function done(answer: Answer<unknown>): void {
  const { code, message } = answered(answer)
  if (code !== 1000) assert.fail(`it was answered with ${code} ${message}`)
}
