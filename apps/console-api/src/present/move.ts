import type { Schedule } from '@droplock/rules/listings'
import { type Wire, wire } from './wire.ts'

/** Where something was moved from and where to, in the API's words. */
export function presentMove<Before extends Schedule | null, After extends Schedule | null>(move: {
  readonly before: Before
  readonly after: After
}): { from: Wire<Before>; to: Wire<After> } {
  return { from: wire(move.before), to: wire(move.after) }
}
