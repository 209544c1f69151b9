import { Plan } from '../../src/plan/plan.ts'
import type { Choice, PlanFacts, PlanRule } from '../../src/plan/ready-at.ts'
import type { RegistryMs, Target } from '../../src/plan/target.ts'
import { target as exactTarget, planFacts } from './target.ts'

export const rule: PlanRule = {
  prepareLeadMs: 5_000,
  aimLeadMs: 50,
  nameGapMs: 100,
  createsPerInfo: 3,
  awardPauseMsMin: 5_000,
  share: { rank: 0, accounts: 1 },
}

/** A target that may be released at any moment of its window. */
export const target = (changes: Partial<Target> = {}) =>
  exactTarget({ releaseMs: null, release: 'random_in_window', ...changes })

/** What a new plan chooses. */
export function choose(targets: readonly Target[], nowMs: RegistryMs, more: Partial<PlanFacts> = {}): Choice {
  const plan = new Plan(rule)
  for (const each of targets) plan.put(each)
  return plan.choose(planFacts(more), nowMs)
}
