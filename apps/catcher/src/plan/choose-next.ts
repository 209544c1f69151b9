import { byOrderOfService } from '@droplock/rules/drop/outcome'
import { awardAskedAtMs } from './award.ts'
import { type AccountFacts, isProbing, mayCreate, type RegistryMs, type Target, wasOurs } from './target.ts'

/** Parameters of the plan. Operator data, since registries differ. */
export type PlanRule = {
  /** How long before its window `info` asks about a name. */
  readonly prepareLeadMs: number
  /** How long before its window the first create may be sent: the clock's error and half a round trip. */
  readonly aimLeadMs: number
  /** Least time between two commands for one name (a registry's limit per object). */
  readonly nameGapMs: number
  /** After this many creates answered "exists", an `info` finds out why: not purged yet, or lost. */
  readonly createsPerInfo: number
  /** Least pause between two `info` commands about a name that was applied for: the award is hours away. */
  readonly awardPauseMsMin: number
}

/** If the drop has separate hosts, sessions there send the creates, and the everyday sessions send everything else. */
export type Sends = 'all' | 'creates' | 'questions'

export type PlanFacts = AccountFacts & {
  /** What the sender's sessions may send. */
  readonly sends: Sends
  /** Commands sent since the last `info` about an ambiguous name or one that was applied for. */
  readonly sinceInfo: number
  /** False while the registry's budget of failed creates is used up, or operators have stopped it: creates wait, other commands continue. */
  readonly hasBudget: boolean
  readonly probes: ProbeFacts
}

/** How the probes of an account are paced: in the slow part of the grace its names have a share of the limits together. */
export type ProbeFacts = {
  /** When the last probe was sent, and the last that was a create; at the beginning of a lease: just now, by a predecessor. */
  readonly lastMs: RegistryMs
  readonly lastCreateMs: RegistryMs
  readonly commandsPerSecondMax: number
  /** Infinity where the registry has no such budget. */
  readonly failedCreatesPerDayMax: number
}

export type Action = { readonly kind: 'create' | 'info' | 'fee_check'; readonly target: Target }

export type Choice = Action | { readonly kind: 'wait'; readonly untilMs: RegistryMs }

const DAY_MS = 86_400_000

/** Without work the plan is evaluated again after this long at the latest. */
const IDLE_MS = 1_000

/**
 * While names are firing, one slot in this many sends an `info` about an ambiguous name. An ambiguous name is not created until
 * `info` answers, so after a takeover in the middle of a drop a smaller share would lose names; a larger share would delay the
 * creates of the other names.
 */
const SLOTS_PER_INFO = 3

/** An undecided name is asked about again after this share of the time for which it has been undecided: less and less often. */
const PAUSE_SHARE = 0.5

/** Least pause between two `info` commands about a name that operators withdrew; the first is sent at once. */
const WITHDRAWING_PAUSE_MS_MIN = 1_000

/** Longest pause between two `info` commands about one undecided name. */
const PAUSE_MS_MAX = 300_000

/**
 * Chooses the command for the next free slot. Pure: the same targets, facts and time give the same choice.
 *
 * Names in their window take turns: the one without a command for longest comes first, ties in order of service, and the price
 * never counts. Ambiguous names, on which money depends, have a fixed share of the slots, and all slots while nothing is firing.
 * Names whose window is near are prepared last.
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

/** Whether only `info` may be sent about it, until that decides. */
export function needsInfo({ phase }: Target): boolean {
  return phase === 'ambiguous' || phase === 'awaiting_award'
}

function isSent(sends: Sends, kind: Action['kind']): boolean {
  return sends === 'all' || (sends === 'creates') === (kind === 'create')
}

/** When the target's next command may be sent; Infinity while it waits for something else. */
function readyAtMs(target: Target, rule: PlanRule, facts: PlanFacts, nowMs: RegistryMs): RegistryMs {
  if (target.busy || !isSent(facts.sends, commandFor(target, rule, facts, nowMs))) return Infinity
  const gapOverMs = target.lastSentMs === null ? -Infinity : target.lastSentMs + rule.nameGapMs
  switch (target.phase) {
    case 'ambiguous':
      return Math.max(gapOverMs, pauseOverMs(target, target.sinceMs))
    case 'awaiting_award':
      return Math.max(
        gapOverMs,
        awardAskedAtMs(target),
        pauseOverMs(target, target.sinceMs, rule.awardPauseMsMin),
      )
    case 'firing':
      if (target.stopped) return Infinity
      if (!facts.hasBudget && commandFor(target, rule, facts, nowMs) === 'create') return Infinity
      return Math.max(
        gapOverMs,
        fireAtMs(target, rule, facts),
        probeAtMs(target, commandFor(target, rule, facts, nowMs), facts, nowMs),
      )
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
 * Within the window at once, unless an operator has to solve something first; after the grace less and less often. If the registry
 * does not distinguish a lost name from one that is not purged yet, this begins at the end of the window: otherwise the names of
 * the last hour, most of them lost, would use the slots of the names that drop now.
 */
function fireAtMs(target: Target, rule: PlanRule, facts: PlanFacts): RegistryMs {
  const { dropFromMs, dropToMs, graceUntilMs, due, triedLate, createRetry } = target
  if (target.withdrawing) return pauseOverMs(target, target.sinceMs, WITHDRAWING_PAUSE_MS_MIN)
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

/**
 * In the slow part of the grace: the pause of the name, and the account's share for probes. What is known to be due, such as the create
 * of a name that was seen free, does not wait.
 */
function probeAtMs(target: Target, kind: Action['kind'], facts: PlanFacts, nowMs: RegistryMs): RegistryMs {
  if (!isProbing(target, nowMs) || target.due !== null) return -Infinity
  const { lastSentMs, probing } = target
  const { lastMs, commandsPerSecondMax } = facts.probes
  const shareOverMs = lastMs + 1_000 / (commandsPerSecondMax * probing.share)
  const pauseIsOverMs = lastSentMs === null ? -Infinity : lastSentMs + probing.everyMs
  return Math.max(pauseIsOverMs, shareOverMs, kind === 'create' ? probeCreateAtMs(target, facts) : -Infinity)
}

/** When the share of the budget of failed creates allows a probe that is one. */
function probeCreateAtMs({ probing }: Target, { probes }: PlanFacts): RegistryMs {
  return probes.lastCreateMs + DAY_MS / (probes.failedCreatesPerDayMax * probing.share)
}

/** When the pause after the last command is over. There is none after a command sent before `sinceMs`. */
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
  // If other sessions send the `info` commands, creates continue meanwhile.
  const infoDecides = facts.sends !== 'creates' && (!facts.othersHidden || wasOurs(target, facts))
  if (!infoDecides) return 'create'
  if (isProbing(target, nowMs) && sparesCreates(target, facts, nowMs)) return 'info'
  return target.createsSinceInfo >= rule.createsPerInfo ? 'info' : 'create'
}

/** A probe is an `info` while its share of failed creates is used up, and where the server for creates is closed by then. */
function sparesCreates(target: Target, facts: PlanFacts, nowMs: RegistryMs): boolean {
  return target.release === 'open_window' || probeCreateAtMs(target, facts) > nowMs
}
