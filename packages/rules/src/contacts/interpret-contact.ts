import { meaningOnOthers } from '../drop/result-codes.ts'
import type { Answer } from '../ports/registrar.ts'
import type { ContactInfo } from '../ports/registry-objects.ts'

/** What is known of a contact at its registry. `made` tells its id there, which some registries choose themselves. */
export type ContactVerdict =
  | { readonly kind: 'made'; readonly handle: string }
  /** The registry does not take it, and the same again changes nothing. */
  | { readonly kind: 'refused'; readonly code: number; readonly message: string }
  /** It is certain that it was not made: again, later. */
  | { readonly kind: 'absent'; readonly reason: string }
  /** It may have been made, or will be: `info` decides. */
  | { readonly kind: 'in_doubt'; readonly reason: string }

/**
 * What the answer to a create of a contact means. `exists`: an earlier one got through, or somebody else has a contact of this id;
 * `info` tells at once. RFC 5730 §3, RFC 5733 §3.2.1.
 */
export function interpretContactCreate(
  answer: Answer<{ readonly id: string }>,
): ContactVerdict | { readonly kind: 'exists' } {
  if (answer.kind === 'not_sent') return { kind: 'absent', reason: answer.reason }
  if (answer.kind === 'unknown') return { kind: 'in_doubt', reason: answer.reason }
  const { code, data } = answer
  switch (meaningOnOthers(code)) {
    case 'done':
      return data === undefined ? inDoubt(code) : { kind: 'made', handle: data.id }
    case 'refused':
    case 'our_fault':
    case 'not_ours':
    case 'absent':
    case 'blocked':
      return { kind: 'refused', code, message: wordsOf(answer) }
    case 'deposit_empty':
      return { kind: 'absent', reason: `code ${code}` }
    case 'exists':
      return { kind: 'exists' }
    // Some servers say so of a command that they carry out all the same.
    case 'retry':
    case 'pending':
    case 'session_ended':
    case 'unknown':
      return inDoubt(code)
  }
}

/** Decides by `info` whether the contact of this id is there and ours. RFC 5733 §3.1.2. */
export function judgeContactInfo(answer: Answer<ContactInfo>, clid: string): ContactVerdict {
  if (answer.kind !== 'answered') return { kind: 'in_doubt', reason: answer.reason }
  const { code, data } = answer
  switch (meaningOnOthers(code)) {
    case 'absent':
      return { kind: 'absent', reason: `info answered ${code}` }
    case 'not_ours':
      return { kind: 'refused', code, message: 'another registrar has a contact of this id' }
    case 'done':
      if (data === undefined) return inDoubt(code)
      if (data.clID !== clid)
        return { kind: 'refused', code, message: `${data.clID} has a contact of this id` }
      if (data.statuses.includes('pendingCreate'))
        return { kind: 'in_doubt', reason: 'its create is pending' }
      return { kind: 'made', handle: data.id }
    default:
      return inDoubt(code)
  }
}

function inDoubt(code: number): ContactVerdict {
  return { kind: 'in_doubt', reason: `code ${code}` }
}

function wordsOf({
  message,
  reasons = [],
}: {
  readonly message: string
  readonly reasons?: readonly string[]
}) {
  return [message, ...reasons].join('; ')
}
