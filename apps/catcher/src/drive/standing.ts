import type { PlanFacts } from '../plan/choose-next.ts'
import type { Standing } from '../plan/target.ts'
import type { LeasedAccount, Seen } from './leased-account.ts'
import { nothingComing } from './readiness.ts'

export function nothingSeen(): Seen {
  return { othersHidden: false, sinceAsked: 0, outlook: nothingComing }
}

export function standingOf({
  pool,
  account,
  seen,
}: Pick<LeasedAccount, 'pool' | 'account' | 'seen'>): Standing {
  const feeAgreed = pool.feeSupport().version !== undefined
  return { feeAgreed, othersHidden: seen.othersHidden, ourClids: account.ourClids }
}

/** What the plan is made by, beside the targets and the time. */
export function planFactsOf(leased: Pick<LeasedAccount, 'pool' | 'account' | 'seen'>): PlanFacts {
  const hasBudget = leased.pool.failedCreatesLeft() > 0
  return { ...standingOf(leased), sinceAsked: leased.seen.sinceAsked, hasBudget }
}
