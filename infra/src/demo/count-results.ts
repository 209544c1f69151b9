import type { Backorder } from './gateway.ts'
import type { Attempt } from './race-message.ts'
import { ourClid, type Truth } from './simulator.ts'
import type { Amounts, Summary } from './summary.ts'

/** What was seen from outside: the resellers' answers, the gateway's cases, the registries' truth. */
type Seen = {
  readonly attempts: readonly Attempt[]
  /** Every backorder that was won, as its reseller is told in the end. */
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
 * Settlements that are not the registry's truth: a success without our registration, or with another creation date (rule
 * 8); a failure although the name is ours; a name of which the registry knows nothing.
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
