import type { Answer, Answered, Created } from '../ports/registrar.ts'
import { type CreateMeaning, meaningOnCreate } from './result-codes.ts'

/** How to come back after the server closed a session. `never` wants an operator: our login is wrong. */
type Reconnect = 'at_once' | 'back_off' | 'never'

/**
 * What a create came to. Only `registered` and `refused` end a name by themselves; all the rest goes on trying, waits, or
 * asks: `info` who holds the name, a fee check what an `incomplete` create lacked. To create again is always safe: a name is registered once, and one that is already ours answers
 * `exists`.
 */
export type CreateVerdict =
  | { readonly kind: 'registered'; readonly crDate: Date; readonly exDate?: Date }
  | { readonly kind: PlainMeaning; readonly code: number }
  | { readonly kind: 'session_ended'; readonly code: number; readonly reconnect: Reconnect }
  | { readonly kind: 'unknown'; readonly reason: string }
  | { readonly kind: 'not_sent'; readonly reason: string }

type PlainMeaning = Exclude<CreateMeaning, 'registered' | 'session_ended' | 'unknown'>

/** RFC 5730 §3. Other x5xx codes are read as 2500. */
const reconnectAfter: ReadonlyMap<number, Reconnect> = new Map([
  [2501, 'never'],
  [2502, 'back_off'],
])

/**
 * What the answer to a create of `name` means; `carriedFee` says whether it agreed to a fee. A success that names another
 * domain, or carries no creation date, is not believed: it is `unknown`, and `info` decides (rules 8, 20).
 */
export function interpretCreate(answer: Answer<Created>, name: string, carriedFee: boolean): CreateVerdict {
  if (answer.kind !== 'answered') return { kind: answer.kind, reason: answer.reason }
  if (answer.data !== undefined && answer.data.name.toLowerCase() !== name) {
    return { kind: 'unknown', reason: `the answer is about ${answer.data.name}` }
  }
  const { code } = answer
  const meaning = mayBlameFee(code, carriedFee) ? 'incomplete' : meaningOnCreate(code)
  switch (meaning) {
    case 'registered':
      return interpretSuccess(answer)
    case 'session_ended':
      return { kind: meaning, code, reconnect: reconnectAfter.get(code) ?? 'at_once' }
    case 'unknown':
      return { kind: meaning, reason: `code ${code} is no answer to a create` }
    default:
      return { kind: meaning, code }
  }
}

/** 2306: the policy on this name, or the currency of the fee. */
function mayBlameFee(code: number, carriedFee: boolean): boolean {
  return carriedFee && code === 2306
}

function interpretSuccess({ data }: Answered<Created>): CreateVerdict {
  if (data === undefined) return { kind: 'unknown', reason: 'success without a creation date' }
  const { crDate, exDate } = data
  return exDate === undefined ? { kind: 'registered', crDate } : { kind: 'registered', crDate, exDate }
}
