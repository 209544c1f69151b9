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

/** What the run was set up to do; the result is held against it. */
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
