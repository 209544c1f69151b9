import { type LabelMatch, matchesLabel, type PricedName, type PriceKind, priceKinds } from './match.ts'

/** A rule that has a price in force in at least one currency. */
export type PriceRule = {
  readonly id: string
  readonly kind: PriceKind
  /** Undefined: all zones. */
  readonly zone: string | undefined
  /** The name or the tier, else the text of the pattern or length. */
  readonly match: string
  readonly label: LabelMatch
  /** Since when it has a price. */
  readonly inForceSince: Date
}

/** Whether a rule matches a name. */
export function matchesName({ kind, zone, match, label }: PriceRule, listed: PricedName): boolean {
  if (kind === 'name') return match === listed.name
  if (zone !== undefined && zone !== listed.zone) return false
  return kind === 'tier' ? match === listed.tier : matchesLabel(label, listed.label)
}

/**
 * The rules that match a name, in their order: by name, pattern, length, tier; within a kind those of the name's own zone, then the more
 * specific, then the newer. The first one is its price; where that has none in a currency, the name is not sold in it. Rule 27.
 */
export function rankRules(rules: readonly PriceRule[], listed: PricedName): readonly PriceRule[] {
  return rules.filter((rule) => matchesName(rule, listed)).toSorted(compareRules)
}

function compareRules(one: PriceRule, other: PriceRule): number {
  return (
    priceKinds.indexOf(one.kind) - priceKinds.indexOf(other.kind) ||
    Number(one.zone === undefined) - Number(other.zone === undefined) ||
    other.label.weight - one.label.weight ||
    +other.inForceSince - +one.inForceSince ||
    (one.id < other.id ? 1 : -1)
  )
}
