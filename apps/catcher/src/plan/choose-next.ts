import { byOrderOfService } from '@droplock/rules/drop/outcome'
import { type AccountFacts, mayCreate, type RegistryMs, type Target, wasOurs } from './target.ts'

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
  /** Least pause between two questions about a name that was applied for: the award is hours away. */
  readonly awardPauseMsMin: number
}

/** Where the drop has hosts of its own, creates are sent by sessions there, and all the rest by the everyday ones. */
export type Sends = 'all' | 'creates' | 'questions'

export type PlanFacts = AccountFacts & {
  /** What the sender's sessions are for. */
  readonly sends: Sends
  /** Commands sent since the last one that asked about a name in doubt or applied for. */
  readonly sinceInfo: number
  /** False while the registry's budget of failed creates is used up: what would be created waits, the rest goes on. */
  readonly hasBudget: boolean
}

export type Action = { readonly kind: 'create' | 'info' | 'fee_check'; readonly target: Target }

export type Choice = Action | { readonly kind: 'wait'; readonly untilMs: RegistryMs }

/** With nothing to do the plan is asked again after this long at the latest. */
const IDLE_MS = 1_000

/**
 * While names fire, one slot in so many asks about names in doubt. A name in doubt is not created until it is asked about, so
 * after a takeover in the middle of a drop a smaller share would cost names; a larger one takes the fire of those that are sure.
 */
const SLOTS_PER_INFO = 3

/** A name that nothing decides is asked about again after this share of the time for which it is open: ever more seldom. */
const PAUSE_SHARE = 0.5

/** Longest pause between two questions about one name that nothing decides. */
const PAUSE_MS_MAX = 300_000

/**
 * Which command the next free slot sends. Pure: the same targets, facts and time give the same choice.
 *
 * Names in their window take turns, the one left alone longest first, ties in order of service: price never counts. Doubt, on
 * which money hangs, has a set share of the slots, and all of them while nothing fires. Then names whose window nears are
 * prepared.
 */
export function chooseNext(
  targets: Iterable<Target>,
  rule: PlanRule,
  facts: PlanFacts,
  nowMs: RegistryMs,
): Choice {
  let asked: Target | undefined
  let other: Target | undefined
  let earliestMs = nowMs + IDLE_MS
  for (const target of targets) {
    const readyMs = readyAtMs(target, rule, facts, nowMs)
    if (readyMs > nowMs) earliestMs = Math.min(earliestMs, readyMs)
    else if (needsInfo(target)) asked = first(target, asked)
    else other = first(target, other)
  }
  const target = asked && (other?.phase !== 'firing' || facts.sinceInfo >= SLOTS_PER_INFO - 1) ? asked : other
  if (target === undefined) return { kind: 'wait', untilMs: earliestMs }
  return { kind: commandFor(target, rule, facts, nowMs), target }
}

/** Nothing is created of it until `info` answers. */
export function needsInfo({ phase }: Target): boolean {
  return phase === 'ambiguous' || phase === 'awaiting_award'
}

function isSent(sends: Sends, kind: Action['kind']): boolean {
  return sends === 'all' || (sends === 'creates') === (kind === 'create')
}

/** When the target may be sent its next command; Infinity for one that waits for something else. */
function readyAtMs(target: Target, rule: PlanRule, facts: PlanFacts, nowMs: RegistryMs): RegistryMs {
  if (target.busy || !isSent(facts.sends, commandFor(target, rule, facts, nowMs))) return Infinity
  const gapOverMs = target.lastSentMs === null ? -Infinity : target.lastSentMs + rule.nameGapMs
  switch (target.phase) {
    case 'ambiguous':
      return Math.max(gapOverMs, pauseOverMs(target, target.sinceMs))
    case 'awaiting_award':
      return Math.max(gapOverMs, pauseOverMs(target, target.sinceMs, rule.awardPauseMsMin))
    case 'firing':
      if (!facts.hasBudget && commandFor(target, rule, facts, nowMs) === 'create') return Infinity
      return Math.max(gapOverMs, fireAtMs(target, rule, facts))
    case 'waiting': {
      if (target.prior.kind === 'known') return Infinity
      return Math.max(gapOverMs, target.dropFromMs - rule.prepareLeadMs)
    }
    case 'not_ours':
    case 'decided':
      return Infinity
  }
}

/**
 * Within the window at once, unless people have to mend something first; past the grace ever more seldom. Where the registry does
 * not tell a name that is lost from one that is not purged yet, that begins with the end of the window: the names of an hour, all
 * but a few of them gone, would take the slots of those that drop now.
 */
function fireAtMs(target: Target, rule: PlanRule, facts: PlanFacts): RegistryMs {
  const { dropFromMs, dropToMs, graceUntilMs, due, triedLate, createRetry } = target
  const latePauseOverMs = pauseOverMs(target, graceUntilMs)
  if (!mayCreate(target, facts)) return Math.max(graceUntilMs + 1, latePauseOverMs)
  const fromMs = dropFromMs - rule.aimLeadMs
  if (due === 'fee_check') return Math.max(fromMs, createRetry?.untilMs ?? -Infinity)
  if (due === 'create' && triedLate) return Math.max(fromMs, latePauseOverMs)
  if (due !== null) return fromMs
  const hides = facts.othersHidden && !wasOurs(target, facts)
  const hiddenPauseOverMs = hides ? Math.min(pauseOverMs(target, dropToMs), graceUntilMs + 1) : -Infinity
  return Math.max(fromMs, createRetry?.untilMs ?? -Infinity, latePauseOverMs, hiddenPauseOverMs)
}

/** Commands sent before `sinceMs` are followed without a pause. */
function pauseOverMs({ lastSentMs }: Target, sinceMs: RegistryMs | null, pauseMsMin = 0): RegistryMs {
  if (lastSentMs === null || sinceMs === null || lastSentMs < sinceMs) return -Infinity
  return lastSentMs + Math.min(PAUSE_MS_MAX, Math.max(pauseMsMin, PAUSE_SHARE * (lastSentMs - sinceMs)))
}

const urgency = { ambiguous: 0, awaiting_award: 1, firing: 2, waiting: 3, not_ours: 4, decided: 4 } as const

function first(one: Target, other: Target | undefined): Target {
  return other === undefined || precedes(one, other) ? one : other
}

function precedes(one: Target, other: Target): boolean {
  if (one.phase !== other.phase) return urgency[one.phase] < urgency[other.phase]
  const oneSentMs = one.lastSentMs ?? -Infinity
  const otherSentMs = other.lastSentMs ?? -Infinity
  if (oneSentMs !== otherSentMs) return oneSentMs < otherSentMs
  return byOrderOfService(one, other) < 0
}

function commandFor(target: Target, rule: PlanRule, facts: PlanFacts, nowMs: RegistryMs): Action['kind'] {
  if (target.phase !== 'firing') return 'info'
  if (!mayCreate(target, facts)) return 'info'
  if (target.due !== null) return target.due
  if (nowMs > target.graceUntilMs) return 'info'
  // Where others ask, creates go on meanwhile.
  const tells = facts.sends !== 'creates' && (!facts.othersHidden || wasOurs(target, facts))
  return tells && target.createsSinceInfo >= rule.createsPerInfo ? 'info' : 'create'
}
