import type { ChangeDecision, ChangeEffect, ChangeFacts, NotMovable } from './change.ts'

/** The earliest and the latest of some times. */
export type TimeRange = { readonly from: Date; readonly to: Date }

/** What a change does to all of its listings. */
export type ChangeCounts = {
  readonly listings: number
  readonly effects: Readonly<Record<ChangeEffect, number>>
  readonly notMovable: Readonly<Record<NotMovable, number>>
  /** The cut-offs of the listings that change; null where none does. */
  readonly cutoffsBefore: TimeRange | null
  readonly cutoffsAfter: TimeRange | null
  /** Unpaid holds that have less time to be paid, and those that end at once. */
  readonly holdsShortened: number
  readonly holdsEnded: number
  /** Paid orders whose cut-off is past afterwards: they stay valid (rule 6). */
  readonly securedPastCutoff: number
  readonly targetsArmed: number
  readonly targetsRearmed: number
  readonly targetsDisarmed: number
  /** Holders that are notified, and their accounts. */
  readonly holdersNotified: number
  readonly accountsNotified: number
}

/** A listing in the count: who holds it, and until when an unpaid hold may be paid. */
type Counted = { readonly facts: ChangeFacts; readonly accountId: string | null; readonly payBy: Date | null }

export type ChangeCounter = {
  readonly add: (listing: Counted, decision: ChangeDecision, now: Date) => void
  readonly counts: () => ChangeCounts
}

/** Counts listing by listing, so that a change of many needs no memory for them. */
export function createChangeCounter(): ChangeCounter {
  const effects = { moves: 0, reopens: 0, closes: 0, stops: 0, unchanged: 0, not_movable: 0 }
  const notMovable: Record<NotMovable, number> = {
    ended: 0,
    dropping: 0,
    create_unanswered: 0,
    award_awaited: 0,
    invalid_window: 0,
    overridden: 0,
    other_policy: 0,
    replaced: 0,
  }
  const targets = { none: 0, armed: 0, rearmed: 0, disarmed: 0 }
  const sums = { holdsShortened: 0, holdsEnded: 0, securedPastCutoff: 0, holdersNotified: 0 }
  const accounts = new Set<string>()
  let cutoffsBefore: TimeRange | null = null
  let cutoffsAfter: TimeRange | null = null
  return {
    add: ({ facts, accountId, payBy }, decision, now) => {
      effects[decision.effect] += 1
      if (decision.effect === 'not_movable') {
        notMovable[decision.because] += 1
        return
      }
      if (decision.effect === 'unchanged') return
      const { after, move } = decision
      cutoffsBefore = widened(cutoffsBefore, facts.schedule.cutoffAt)
      cutoffsAfter = widened(cutoffsAfter, after.cutoffAt)
      targets[move.target] += 1
      const { holdEndsBy, holderAfter } = move
      if (facts.holder === 'unpaid' && holderAfter === 'none') sums.holdsEnded += 1
      else if (holdEndsBy !== null && payBy !== null && holdEndsBy < payBy) sums.holdsShortened += 1
      if (facts.holder === 'secured' && after.cutoffAt <= now) sums.securedPastCutoff += 1
      if (accountId === null) return
      sums.holdersNotified += 1
      accounts.add(accountId)
    },
    counts: () => ({
      listings: Object.values(effects).reduce((sum, count) => sum + count, 0),
      effects,
      notMovable,
      cutoffsBefore,
      cutoffsAfter,
      ...sums,
      targetsArmed: targets.armed,
      targetsRearmed: targets.rearmed,
      targetsDisarmed: targets.disarmed,
      accountsNotified: accounts.size,
    }),
  }
}

function widened(range: TimeRange | null, at: Date): TimeRange {
  if (range === null) return { from: at, to: at }
  return { from: at < range.from ? at : range.from, to: at > range.to ? at : range.to }
}
