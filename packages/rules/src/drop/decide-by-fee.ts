import { equals, isCurrency, type Money } from '../money.ts'
import type { Answer } from '../ports/registrar.ts'
import type { FeeQuote } from '../ports/registry-objects.ts'
import { chargedMoney } from '../registries.ts'
import { endsSession, meaningOnOthers } from './result-codes.ts'

export type FeeFacts = {
  readonly name: string
  /** A name of the same zone that nobody registered: what it costs is the standard fee, whatever the registry calls that. */
  readonly ordinaryName: string
  /** The code by which the create was refused: 2003, 2004 or 2306. */
  readonly code: number
  /** What the create agreed to pay: the standard fee as operators have set it. Null where it spoke of no fee. */
  readonly agreed: Money | null
}

export type FeeVerdict =
  /** The registry's fee for this name is not its standard one. Ends the name (rule 3). */
  | { readonly kind: 'premium'; readonly quoted: Money | null }
  /** A standard name, and its fee is another than ours: what operators have set is out of date. */
  | { readonly kind: 'fee_stale'; readonly quoted: Money }
  /** The fee is not what lacked, or nothing shows that it is: something else that this registry wants. */
  | { readonly kind: 'incomplete' }
  /** A policy of the registry on this name. Ends the name. */
  | { readonly kind: 'refused' }
  /** The check came to nothing; it is asked again. */
  | { readonly kind: 'unknown'; readonly reason: string }

/** The registry's word for the standard fee, wherever it names the price tier at all. RFC 8748 §3.7. */
const standardClass = 'standard'

/** RFC 5730 §3: by the name's policy, or by the currency of the fee. */
const policyError = 2306

/**
 * What a create lacked that was answered 2003, 2004 or 2306, by what the registry then said of the fee (RFC 8748 §5.1.1). A
 * name is premium only where the registry's own quote shows it: by its word, or by another price than an ordinary name's.
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

/** Undefined where neither the registry's words nor the comparison tell; a name is never called premium on that. */
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

/** Null where it is no amount that we could pay. */
function totalOf({ fees, currency }: FeeQuote): Money | null {
  if (!isCurrency(currency)) return null
  return chargedMoney({ fees: fees.map(({ amount }) => amount) }, currency) ?? null
}
