import type { PlanFacts } from '../plan/choose-next.ts'
import type { Standing } from '../plan/target.ts'
import type { Fight, Seen } from './hold.ts'

export function nothingSeen(): Seen {
  return { othersHidden: false, sinceAsked: 0 }
}

export function standingOf({ pool, account, seen }: Pick<Fight, 'pool' | 'account' | 'seen'>): Standing {
  const feeAgreed = pool.feeSupport().version !== undefined
  return { feeAgreed, othersHidden: seen.othersHidden, ourClids: account.ourClids }
}

/** What the plan is made by, beside the targets and the time. */
export function planFactsOf(on: Pick<Fight, 'pool' | 'account' | 'seen'>): PlanFacts {
  const hasBudget = on.pool.failedCreatesLeft() > 0
  return { ...standingOf(on), sinceAsked: on.seen.sinceAsked, hasBudget }
}
