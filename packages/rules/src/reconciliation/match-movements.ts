import { equals, formatMoney, type Money } from '../money.ts'
import type { BalanceTransaction } from '../ports/payments.ts'
import type { Finding } from './finding.ts'

export type MovementKind = BalanceTransaction['kind']

/** A movement that must or may be there for something we booked. Signed as in the provider's balance. */
export type Expectation = {
  readonly kind: MovementKind
  readonly amount: Money
  /** When we booked it. Absent: not booked yet, so the movement may be there or not. */
  readonly bookedAt?: Date
  /** It must be there if a movement of this other kind is: a refund that failed before we booked it comes back if it was paid. */
  readonly reverses?: MovementKind
}

/** One of our objects at the provider, with the movements that should be there for it. */
export type Fact = {
  readonly type: 'payment' | 'refund' | 'dispute'
  readonly id: string
  readonly objectId: string
  readonly expects: readonly Expectation[]
}

/** A movement with its first and its last report. */
export type ReportedMovement = BalanceTransaction & {
  readonly reportedFirst: string
  readonly reportedLast: string
  /** Reported before, and no longer. */
  readonly isGone: boolean
}

export type MatchTerms = {
  readonly source: string
  /** What one side had by then, the other must have by now. */
  readonly dueBefore: Date
}

/** `booked`: what our rows booked before `dueBefore` and the provider reports too. The ledger must have the same. */
type Matched = { readonly findings: readonly Finding[]; readonly booked: readonly Money[] }

/** Compares one fact with the movements of its object. */
export function matchMovements(
  fact: Fact,
  movements: readonly ReportedMovement[],
  terms: MatchTerms,
): Matched {
  const there = movements.filter(({ isGone }) => !isGone)
  const kinds = new Set(there.map(({ kind }) => kind))
  const findings: Finding[] = []
  const booked: Money[] = []
  for (const expectation of fact.expects) {
    const [first, ...more] = there.filter(({ kind }) => kind === expectation.kind)
    if (first === undefined) {
      if (isMissing(expectation, kinds, movements, terms))
        findings.push(missing(fact, expectation, movements, terms))
      continue
    }
    if (expectation.bookedAt !== undefined && expectation.bookedAt < terms.dueBefore)
      booked.push(expectation.amount)
    findings.push(...compare(fact, expectation, [first, ...more], terms))
  }
  const expected = new Set(fact.expects.map(({ kind }) => kind))
  const surplus = there.filter(({ kind, createdAt }) => !expected.has(kind) && createdAt < terms.dueBefore)
  findings.push(...surplus.map((movement) => unknown(movement, terms, fact)))
  return { findings, booked }
}

/** The finding for a movement without a booking of ours. */
export function unknown(movement: BalanceTransaction, { source }: MatchTerms, fact?: Fact): Finding {
  return {
    side: 'provider',
    source,
    kind: 'unknown_here',
    subject: movement.id,
    ...(fact === undefined ? {} : { ours: { type: fact.type, id: fact.id } }),
    theirIds: idsOf(movement),
    theirsAmount: shown(movement),
    detail: `${movement.kind} of ${movement.objectId ?? 'nothing named'}, ${formatMoney(shown(movement))}, is not in our books`,
  }
}

function isMissing(
  { kind, bookedAt, reverses }: Expectation,
  there: ReadonlySet<MovementKind>,
  all: readonly ReportedMovement[],
  { dueBefore }: MatchTerms,
): boolean {
  if (bookedAt !== undefined) return bookedAt < dueBefore
  if (all.some((movement) => movement.kind === kind && movement.isGone)) return true
  return (
    reverses !== undefined &&
    there.has(reverses) &&
    all.some((movement) => movement.kind === reverses && movement.createdAt < dueBefore)
  )
}

function missing(
  fact: Fact,
  { kind, amount }: Expectation,
  all: readonly ReportedMovement[],
  { source }: MatchTerms,
): Finding {
  const gone = all.filter((movement) => movement.kind === kind && movement.isGone)
  const before = gone.map(({ reportedLast }) => `; it was reported before: ${reportedLast}`).join('')
  return {
    ...about(fact, kind, source),
    kind: 'missing_there',
    oursAmount: amount,
    theirIds: gone.flatMap(idsOf),
    detail: `${kind} of ${fact.objectId}, ${formatMoney(amount)}, is not among their movements${before}`,
  }
}

function compare(
  fact: Fact,
  { kind, amount }: Expectation,
  found: readonly [ReportedMovement, ...ReportedMovement[]],
  { source }: MatchTerms,
): Finding[] {
  const base = { ...about(fact, kind, source), oursAmount: amount }
  const findings: Finding[] = []
  if (found.length > 1) {
    const total = found.reduce((sum, movement) => sum + shown(movement).amountMinor, 0n)
    findings.push({
      ...base,
      kind: 'doubled',
      theirIds: found.flatMap(idsOf),
      theirsAmount: { ...shown(found[0]), amountMinor: total },
      detail: `${kind} of ${fact.objectId}, ${formatMoney(amount)}, is reported ${found.length} times`,
    })
  }
  for (const movement of found) {
    const difference = differenceOf(movement, amount)
    if (difference === undefined) continue
    findings.push({
      ...base,
      kind: 'altered',
      subject: movement.id,
      theirIds: idsOf(movement),
      theirsAmount: difference.theirs,
      detail: `${kind} of ${fact.objectId}: ${difference.detail}`,
    })
  }
  return findings
}

/** In one currency the settled amount equals the customer's amount; in another only its sign can be compared. */
function differenceOf(
  movement: ReportedMovement,
  ours: Money,
): { theirs: Money; detail: string } | undefined {
  const theirs = shown(movement)
  const { settled, reportedFirst, reportedLast } = movement
  if (!equals(theirs, ours))
    return { theirs, detail: `we have ${formatMoney(ours)}, they have ${formatMoney(theirs)}` }
  const isOneCurrency = settled.currency === theirs.currency
  if (isOneCurrency ? !equals(settled, theirs) : settled.amountMinor < 0n !== theirs.amountMinor < 0n)
    return {
      theirs: settled,
      detail: `${formatMoney(theirs)} is settled as ${formatMoney(settled)}`,
    }
  if (reportedFirst !== reportedLast)
    return { theirs, detail: `first reported as: ${reportedFirst}; now as: ${reportedLast}` }
  return undefined
}

/** The customer's amount; where the provider does not report it, the settled one. */
function shown({ amount, settled }: BalanceTransaction): Money {
  return amount ?? settled
}

function about(fact: Fact, kind: MovementKind, source: string) {
  return {
    side: 'provider',
    source,
    subject: `${kind} ${fact.objectId}`,
    ours: { type: fact.type, id: fact.id },
  } as const
}

function idsOf({ id, objectId }: BalanceTransaction): string[] {
  return objectId === undefined ? [id] : [id, objectId]
}
