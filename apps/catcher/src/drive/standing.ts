import type { PlanFacts, Sends } from '../plan/choose-next.ts'
import type { Standing } from '../plan/target.ts'
import type { LeasedAccount, Seen } from './leased-account.ts'
import { nothingComing } from './readiness.ts'

export function nothingSeen(): Seen {
  return { othersHidden: false, sinceAsked: 0, outlook: nothingComing }
}

export function standingOf({
  createPool,
  account,
  seen,
}: Pick<LeasedAccount, 'createPool' | 'account' | 'seen'>): Standing {
  const feeAgreed = createPool()?.feeSupport().version !== undefined
  return { feeAgreed, othersHidden: seen.othersHidden, ourClids: account.ourClids }
}

/** What the plan is made by, beside the targets and the time. */
export function planFactsOf(
  leased: Pick<LeasedAccount, 'createPool' | 'account' | 'seen'>,
  sends: Sends,
): PlanFacts {
  const hasBudget = (leased.createPool()?.failedCreatesLeft() ?? Infinity) > 0
  return { ...standingOf(leased), sends, sinceAsked: leased.seen.sinceAsked, hasBudget }
}
