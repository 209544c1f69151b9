import { equals, isCurrency, type Money } from '../money.ts'
import type { Answer } from '../ports/registrar.ts'
import type { FeeQuote } from '../ports/registry-objects.ts'
import { chargedMoney } from '../registries.ts'
import { endsSession, meaningOnOthers } from './result-codes.ts'

export type FeeFacts = {
  readonly name: string
  /** An unregistered name of the same zone: its price is the standard fee, whatever the registry calls it. */
  readonly ordinaryName: string
  /** The code by which the create was refused: 2003, 2004 or 2306. */
  readonly code: number
  /** The fee cap of the create: the standard fee as operators have set it. Null where it carried none. */
  readonly agreed: Money | null
}

export type FeeVerdict =
  /** The registry's fee for this name is not its standard one. Ends the name (rule 3). */
  | { readonly kind: 'premium'; readonly quoted: Money | null }
  /** A standard name whose fee differs from ours: the operators' setting is out of date. */
  | { readonly kind: 'fee_stale'; readonly quoted: Money }
  /** The create lacked something other than the fee, or nothing shows that it was the fee. */
  | { readonly kind: 'incomplete' }
  /** A policy of the registry on this name. Ends the name. */
  | { readonly kind: 'refused' }
  /** The check gave no result; it is repeated. */
  | { readonly kind: 'unknown'; readonly reason: string }

/** The registry's word for the standard fee, where it names the price tier. RFC 8748 §3.7. */
const standardClass = 'standard'

/** RFC 5730 §3: by the name's policy, or by the currency of the fee. */
const policyError = 2306

/**
 * What a create lacked that was answered 2003, 2004 or 2306, by the fee check that followed (RFC 8748 §5.1.1). A name is premium only
 * where the registry's quote shows it: by its tier, or by a price that differs from an ordinary name's.
 */
export function decideByFee(answer: Answer<readonly FeeQuote[]>, facts: FeeFacts): FeeVerdict {
  if (answer.kind !== 'answered') return { kind: 'unknown', reason: answer.reason }
  if (endsSession(answer.code) || meaningOnOthers(answer.code) === 'retry') {
    return { kind: 'unknown', reason: `the fee check answered ${answer.code}` }
  }
  const quote = findQuote(answer.data, facts.name)
  if (quote === undefined || quote.fees.length === 0) return byPolicyOr('incomplete', facts)
  const quoted = totalOf(quote)
  const ordinary = findQuote(answer.data, facts.ordinaryName)
  if (isStandard(quote, quoted, ordinary) === false) return { kind: 'premium', quoted }
  if (facts.agreed === null || quoted === null) return { kind: 'incomplete' }
  return equals(quoted, facts.agreed) ? byPolicyOr('incomplete', facts) : { kind: 'fee_stale', quoted }
}

function byPolicyOr(kind: 'incomplete', { code }: FeeFacts): FeeVerdict {
  return code === policyError ? { kind: 'refused' } : { kind }
}

function findQuote(quotes: readonly FeeQuote[] | undefined, name: string): FeeQuote | undefined {
  return quotes?.find((quote) => quote.name === name && quote.command === 'create')
}

/** Undefined where neither the quote nor the comparison shows it; then the name is not taken for premium. */
function isStandard(
  quote: FeeQuote,
  quoted: Money | null,
  ordinary: FeeQuote | undefined,
): boolean | undefined {
  if (quote.standard !== undefined) return quote.standard
  if (quote.class !== undefined) return quote.class.toLowerCase() === standardClass
  const usual = ordinary && totalOf(ordinary)
  return usual && quoted ? equals(usual, quoted) : undefined
}

/** Null where the quote is not an amount that we could pay. */
function totalOf({ fees, currency }: FeeQuote): Money | null {
  if (!isCurrency(currency)) return null
  return chargedMoney({ fees: fees.map(({ amount }) => amount) }, currency) ?? null
}

/** What a fee check shows of one name before its drop. */
export type FeeFinding =
  | {
      readonly verdict: 'standard' | 'premium'
      /** What a create for a year costs; null where the quote has no amount. */
      readonly quoted: Money | null
      readonly feeClass: string | null
    }
  | { readonly verdict: 'unknown'; readonly finding: string }

/**
 * Whether a name is premium, by a fee check of a create for one year that asked about an ordinary name too. Unknown where the registry
 * did not answer, or said nothing of this name: an answer about another name shows nothing.
 */
export function judgeFee(
  answer: Answer<readonly FeeQuote[]>,
  { name, ordinaryName }: Pick<FeeFacts, 'name' | 'ordinaryName'>,
): FeeFinding {
  if (answer.kind !== 'answered') return { verdict: 'unknown', finding: answer.reason }
  const quote = findQuote(answer.data, name)
  if (quote === undefined) return { verdict: 'unknown', finding: `no quote for this name (${answer.code})` }
  if (quote.fees.length === 0) return { verdict: 'unknown', finding: quote.reason ?? 'no fee in the quote' }
  const quoted = totalOf(quote)
  const standard = isStandard(quote, quoted, findQuote(answer.data, ordinaryName))
  if (standard === undefined)
    return { verdict: 'unknown', finding: 'neither the quote nor an ordinary name shows the standard fee' }
  return { verdict: standard ? 'standard' : 'premium', quoted, feeClass: quote.class ?? null }
}
