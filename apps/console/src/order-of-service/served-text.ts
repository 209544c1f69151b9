import type { UnservedReason } from '@droplock/rules/drop/unserved'

/** The code of why a name is not served, as screens say it. */
export function unservedCode(reason: UnservedReason): string {
  return reason === 'capacity' ? 'short_of_capacity' : reason
}
