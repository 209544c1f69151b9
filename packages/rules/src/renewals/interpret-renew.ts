import { meaningOnOthers } from '../drop/result-codes.ts'
import type { Answer } from '../ports/registrar.ts'
import type { Renewed } from '../ports/registry-objects.ts'

/** What a renew came to. Only `renewed` ends the renewal by itself. */
export type RenewVerdict =
  | { readonly kind: 'renewed'; readonly expiresAt: Date }
  /**
   * The registry says no. `info` confirms it before anything is refunded: a guard that does not fit is refused too, and it does
   * not fit where an earlier renew got through late.
   */
  | { readonly kind: 'refused'; readonly code: number }
  /** Trouble of our account: an operator is told, and it is tried again. */
  | { readonly kind: 'alarm'; readonly alarm: 'deposit_empty' | 'our_fault'; readonly code: number }
  /** Nothing happened there: again later. */
  | { readonly kind: 'retry'; readonly reason: string }
  /** It may have happened, or will: `info` decides. */
  | { readonly kind: 'in_doubt'; readonly reason: string }

/** What the answer to a renew of `name` means. RFC 5730 §3, RFC 5731 §3.2.3. */
export function interpretRenew(answer: Answer<Renewed>, name: string): RenewVerdict {
  if (answer.kind === 'not_sent') return { kind: 'retry', reason: answer.reason }
  if (answer.kind === 'unknown') return { kind: 'in_doubt', reason: answer.reason }
  const { code, data } = answer
  switch (meaningOnOthers(code)) {
    case 'done':
      if (data?.exDate === undefined || data.name.toLowerCase() !== name)
        return { kind: 'in_doubt', reason: `code ${code} without an expiry of the name` }
      return { kind: 'renewed', expiresAt: data.exDate }
    case 'blocked':
    case 'refused':
    case 'not_ours':
    case 'absent':
      return { kind: 'refused', code }
    case 'deposit_empty':
      return { kind: 'alarm', alarm: 'deposit_empty', code }
    case 'our_fault':
      return { kind: 'alarm', alarm: 'our_fault', code }
    // Some servers say so of a command that they carry out all the same.
    case 'retry':
    case 'pending':
    case 'session_ended':
    case 'exists':
    case 'unknown':
      return { kind: 'in_doubt', reason: `code ${code}` }
  }
}
