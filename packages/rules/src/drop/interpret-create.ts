import type { Answer, Answered, Created } from '../ports/registrar.ts'
import { type CreateMeaning, meaningOnCreate } from './result-codes.ts'

/** How to reconnect after the server closed a session. `never`: our login is wrong, and an operator must correct it. */
type Reconnect = 'at_once' | 'back_off' | 'never'

/**
 * The result of a create. Only `registered` and `refused` decide a name by themselves. After the others the catcher tries again,
 * waits, or asks: `info` shows who holds the name, a fee check what an `incomplete` create lacked. Repeating a create is safe: a name
 * is registered once, and for a name that is already ours the answer is `exists`.
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
 * What the answer to a create of `name` means; `carriedFee` says whether the create carried a fee. A success about another domain or
 * without a creation date is `unknown`, and `info` decides (rules 8, 20).
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

/** 2306: the registry's policy on this name, or the currency of the fee. */
function mayBlameFee(code: number, carriedFee: boolean): boolean {
  return carriedFee && code === 2306
}

function interpretSuccess({ data }: Answered<Created>): CreateVerdict {
  if (data === undefined) return { kind: 'unknown', reason: 'success without a creation date' }
  const { crDate, exDate } = data
  return exDate === undefined ? { kind: 'registered', crDate } : { kind: 'registered', crDate, exDate }
}
