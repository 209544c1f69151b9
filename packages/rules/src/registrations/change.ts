import { meaningOnOthers } from '../drop/result-codes.ts'
import type { Answer } from '../ports/registrar.ts'

/** What the answer to a command that changes a domain or a host means. */
export type ChangeVerdict =
  | { readonly kind: 'done' }
  /** The registry refuses it, and would refuse a repetition. `info` shows whether an earlier command has done it. */
  | { readonly kind: 'refused'; readonly code: number; readonly message: string }
  /** It certainly had no effect: try again later. */
  | { readonly kind: 'retry'; readonly reason: string }
  /** It may have been carried out, or still be: `info` decides. */
  | { readonly kind: 'ambiguous'; readonly reason: string }

/** What the answer to an update of a domain, or to a create or an update of a host, means. RFC 5730 §3. */
export function interpretChange(answer: Answer<unknown>): ChangeVerdict {
  if (answer.kind === 'not_sent') return { kind: 'retry', reason: answer.reason }
  if (answer.kind === 'unknown') return { kind: 'ambiguous', reason: answer.reason }
  const { code } = answer
  switch (meaningOnOthers(code)) {
    case 'done':
      return { kind: 'done' }
    case 'refused':
    case 'our_fault':
    case 'not_ours':
    case 'absent':
    case 'exists':
    case 'blocked':
      return { kind: 'refused', code, message: [answer.message, ...(answer.reasons ?? [])].join('; ') }
    case 'deposit_empty':
      return { kind: 'retry', reason: `code ${code}` }
    // Some servers answer so and carry the command out all the same.
    case 'retry':
    case 'pending':
    case 'session_ended':
    case 'unknown':
      return { kind: 'ambiguous', reason: `code ${code}` }
  }
}
