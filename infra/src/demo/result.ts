import { ourClid } from '../environment/registries.ts'
import type { Truth } from '../environment/simulator.ts'
import type { Backorder } from './backorders.ts'
import type { Attempt } from './race.ts'

/** Minor units by currency. */
export type Amounts = Readonly<Record<string, number>>

/** The demo's result: its last line of output. */
export type Summary = {
  readonly feed_rows: number
  readonly rejected: number
  readonly listings: number
  readonly attempts: number
  readonly orders_won: number
  readonly conflicts: number
  readonly caught: number
  readonly lost: number
  readonly missed: number
  readonly premium: number
  readonly withdrawn: number
  readonly refused: number
  readonly refunded: number
  readonly refund_minor: Amounts
  readonly escrow_minor: Amounts
  readonly ledger_sum_minor: Amounts
  readonly double_winners: number
  readonly limit_violations: number
  readonly settled_at_mismatches: number
  readonly duration_ms: number
}

const outcomes = ['caught', 'lost', 'missed', 'premium', 'withdrawn', 'refused'] as const

/** What the run was set up to do. The result is compared with it. */
export type Expected = {
  readonly names: number
  readonly resellers: number
  /** Every outcome comes at least so often. */
  readonly perOutcomeMin: number
  /** What was paid for failed orders: it must have come back. */
  readonly failedPriceMinor: Amounts
  readonly durationMsMax: number
}

/** Every way in which the result is not what was promised, as lines for a person; none when all held. */
export function brokenInvariants(summary: Summary, expected: Expected): readonly string[] {
  const failed = sum(outcomes.filter((outcome) => outcome !== 'caught').map((outcome) => summary[outcome]))
  const rules: readonly (readonly [boolean, string])[] = [
    [summary.feed_rows > 0 && summary.listings > 0, 'the lists became no listings'],
    [summary.listings <= summary.feed_rows - summary.rejected, 'more listings than accepted rows'],
    [summary.attempts === expected.names * expected.resellers, 'not every reseller tried every name'],
    [summary.orders_won === expected.names, 'not every name was won by exactly one reseller'],
    [
      summary.orders_won + summary.conflicts === summary.attempts,
      'an attempt was neither won nor a conflict',
    ],
    [summary.caught + failed === summary.orders_won, 'the six outcomes do not add up to the orders won'],
    ...outcomes.map(
      (outcome) =>
        [
          summary[outcome] >= expected.perOutcomeMin,
          `fewer than ${expected.perOutcomeMin} names were ${outcome}`,
        ] as const,
    ),
    [summary.refunded === failed, 'refunds and failures differ in number'],
    [
      sameAmounts(summary.refund_minor, expected.failedPriceMinor),
      'refunds and failed orders differ in money',
    ],
    [isZero(summary.escrow_minor), 'money is left in escrow'],
    [isZero(summary.ledger_sum_minor), 'the ledger does not sum to zero'],
    [summary.double_winners === 0, 'a name was won twice'],
    [summary.limit_violations === 0, 'a limit of a registry was crossed'],
    [summary.settled_at_mismatches === 0, 'a settlement is not what the registry holds'],
    [summary.duration_ms <= expected.durationMsMax, `it took longer than ${expected.durationMsMax} ms`],
  ]
  return rules.filter(([holds]) => !holds).map(([, broken]) => broken)
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

function isZero(amounts: Amounts): boolean {
  return Object.values(amounts).every((amount) => amount === 0)
}

/** A currency without money need not be named. */
function sameAmounts(one: Amounts, other: Amounts): boolean {
  const currencies = [...Object.keys(one), ...Object.keys(other)]
  return currencies.every((currency) => (one[currency] ?? 0) === (other[currency] ?? 0))
}

/** What was seen from outside: the answers to the resellers, their backorders, and what the registries hold. */
type Seen = {
  readonly attempts: readonly Attempt[]
  /** Every backorder that was won, as its reseller sees it in the end. */
  readonly backorders: readonly Backorder[]
  readonly truth: readonly Truth[]
}

type Counted = Omit<
  Summary,
  | 'feed_rows'
  | 'rejected'
  | 'listings'
  | 'escrow_minor'
  | 'ledger_sum_minor'
  | 'limit_violations'
  | 'duration_ms'
>

/** Counts the result from what was seen, nothing from what was planned. Pure. */
export function countResults({ attempts, backorders, truth }: Seen): Counted {
  const won = attempts.filter(({ status }) => status === 201)
  const refunds = backorders.flatMap((backorder) =>
    backorder.refunds.filter(({ state }) => state === 'succeeded'),
  )
  const failedBy = (reason: string) =>
    backorders.filter((backorder) => backorder.failure_reason === reason).length
  return {
    attempts: attempts.length,
    orders_won: won.length,
    conflicts: attempts.filter(({ status }) => status === 409).length,
    caught: backorders.filter(({ state }) => state === 'successful').length,
    lost: failedBy('lost'),
    missed: failedBy('missed'),
    premium: failedBy('premium'),
    withdrawn: failedBy('withdrawn'),
    refused: failedBy('refused'),
    refunded: refunds.length,
    refund_minor: addUp(refunds.map(({ amount }) => amount)),
    double_winners: doubleWinners(won, truth),
    settled_at_mismatches: settlementMismatches(backorders, truth),
  }
}

/** What the failed orders had cost. */
export function failedPrices(backorders: readonly Backorder[]): Amounts {
  return addUp(backorders.filter(({ state }) => state === 'failed').map(({ price }) => price))
}

function addUp(amounts: readonly Backorder['price'][]): Amounts {
  const sums: Record<string, number> = {}
  for (const { amount_minor, currency } of amounts) sums[currency] = (sums[currency] ?? 0) + amount_minor
  return sums
}

/** Names that two resellers were promised, or that a registry gave away twice. */
function doubleWinners(won: readonly Attempt[], truth: readonly Truth[]): number {
  const promised = [...Map.groupBy(won, ({ name }) => name).values()].filter(
    (promises) => promises.length > 1,
  )
  const registered = truth.filter(({ arrivals }) => arrivals.filter(({ code }) => code === 1000).length > 1)
  return promised.length + registered.length
}

/**
 * Settlements that differ from what the registry holds: a success without our registration, or with another creation date (rule
 * 8); a failure although the name is ours; a name that the registry does not know.
 */
function settlementMismatches(backorders: readonly Backorder[], truth: readonly Truth[]): number {
  const byName = new Map(truth.map((name) => [name.name, name]))
  return backorders.filter(({ name, settled_at }) => {
    const known = byName.get(name)
    if (known === undefined) return true
    const ours = known.winner?.clID === ourClid ? known.winner.crDate : undefined
    return settled_at !== ours
  }).length
}
