import type { Money } from '@droplock/rules/money/money'
import type { ChargedFee, FeeQuestion, FeeQuote } from '@droplock/rules/ports/registry-objects'
import type { EppResponse } from '../../responses/response.ts'

/**
 * One version of the fee extension. The drafts before RFC 8748 differ in shape, not only in namespace, so each is a file
 * beside this one and a line in `versions.ts`.
 */
export type FeeVersion = {
  readonly uri: string
  /** Extension of a domain check. Throws `RangeError` on questions it can't put. */
  check(questions: readonly FeeQuestion[]): string
  /** Extension of a transform command: the most that we pay. Throws `RangeError` on a negative amount. */
  accept(verb: 'create' | 'renew' | 'update', cap: Money): string
  readQuotes(response: EppResponse): readonly FeeQuote[] | undefined
  /** What a create or renew was charged, or would have been where it was refused. */
  readCharged(response: EppResponse): ChargedFee | undefined
}
