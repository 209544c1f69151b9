import { byOrderOfService } from '@droplock/rules/drop/order-of-service'
import type { RegistryMs, Target } from './target.ts'

/** Tuning of the plan. Operator data: registries differ. */
export type PlanRule = {
  /** How long before its window a name is asked about by `info`. */
  readonly prepareLeadMs: number
  /** How long before its window the first create may be sent: the clock's error and half a round trip. */
  readonly aimLeadMs: number
  /** Least time between two commands for one name (a registry's limit per object). */
  readonly nameGapMs: number
  /** Creates answered "exists" before an `info` asks why: not purged yet, or lost. */
  readonly createsPerInfo: number
  /** False while the registry's budget of failed creates is used up: what would be created waits, the rest goes on. */
  readonly mayCreate: boolean
}

export type Action = { readonly kind: 'create' | 'info'; readonly target: Target }

export type Choice = Action | { readonly kind: 'wait'; readonly untilMs: RegistryMs }

/** With nothing to do the plan is asked again after this long at the latest. */
const IDLE_MS = 1_000

/**
 * Which command the next free slot sends. Pure: the same targets and time give the same choice.
 *
 * Doubt is settled first, because money hangs on it. Then names in their window take turns, the one left alone longest
 * first, ties in order of service: price never counts. Then names whose window nears are prepared.
 */
export function chooseNext(targets: Iterable<Target>, rule: PlanRule, nowMs: RegistryMs): Choice {
  let best: Target | undefined
  let earliestMs = nowMs + IDLE_MS
  for (const target of targets) {
    const readyMs = readyAtMs(target, rule, nowMs)
    if (readyMs > nowMs) earliestMs = Math.min(earliestMs, readyMs)
    else if (best === undefined || precedes(target, best)) best = target
  }
  if (best === undefined) return { kind: 'wait', untilMs: earliestMs }
  return { kind: commandFor(best, rule, nowMs), target: best }
}

/** When the target may be sent its next command; Infinity for one that waits for something else. */
function readyAtMs(target: Target, rule: PlanRule, nowMs: RegistryMs): RegistryMs {
  if (target.busy) return Infinity
  const gapOverMs = target.lastSentMs === null ? -Infinity : target.lastSentMs + rule.nameGapMs
  switch (target.phase) {
    case 'doubtful':
      return gapOverMs
    case 'firing':
      if (!rule.mayCreate && commandFor(target, rule, nowMs) === 'create') return Infinity
      return Math.max(gapOverMs, target.dropFromMs - rule.aimLeadMs)
    case 'waiting': {
      if (target.prior.kind === 'known') return Infinity
      return Math.max(gapOverMs, target.dropFromMs - rule.prepareLeadMs)
    }
    case 'decided':
      return Infinity
  }
}

const urgency = { doubtful: 0, firing: 1, waiting: 2, decided: 3 } as const

function precedes(one: Target, other: Target): boolean {
  if (one.phase !== other.phase) return urgency[one.phase] < urgency[other.phase]
  const oneSentMs = one.lastSentMs ?? -Infinity
  const otherSentMs = other.lastSentMs ?? -Infinity
  if (oneSentMs !== otherSentMs) return oneSentMs < otherSentMs
  return byOrderOfService(one, other) < 0
}

function commandFor(target: Target, rule: PlanRule, nowMs: RegistryMs): 'create' | 'info' {
  if (target.phase !== 'firing') return 'info'
  if (target.seenFree) return 'create'
  if (nowMs > target.graceUntilMs) return 'info'
  return target.createsSinceInfo >= rule.createsPerInfo ? 'info' : 'create'
}
