import type { AccountShare } from '@droplock/rules/drop/service'
import { AROUND_MS, type Lateness } from './lateness.ts'
import { type AccountFacts, isProbing, mayCreate, type RegistryMs, type Target, wasOurs } from './target.ts'

/** Parameters of the plan. Operator data, since registries differ. */
export type PlanRule = {
  /** How long before its window `info` asks about a name. */
  readonly prepareLeadMs: number
  /** How long before its window the first create of a name that is not released at an exact time may be sent. */
  readonly aimLeadMs: number
  /** Least time between two commands for one name (a registry's limit per object). */
  readonly nameGapMs: number
  /** While names are to be caught, at most one `info` is sent for this many creates: it finds out who got a name that exists. */
  readonly createsPerInfo: number
  /** Least pause between two `info` commands about a name that was applied for: the award is hours away. */
  readonly awardPauseMsMin: number
  /** The names with which it begins, where we have several accounts at the registry. */
  readonly share: AccountShare
}

/** If the drop has separate hosts, sessions there send the creates, and the everyday sessions send everything else. */
export type Sends = 'all' | 'creates' | 'questions'

export type PlanFacts = AccountFacts & {
  /** What the sender's sessions may send. */
  readonly sends: Sends
  /** False while the registry's budget of failed creates is used up, or operators have stopped it: creates wait, other commands continue. */
  readonly hasBudget: boolean
  /** How many commands the account's rate allows at this moment. */
  readonly commandsLeft: number
  /** Which share of its rate that is, from 0 to 1; of a rate by the minute, too. */
  readonly rateLeft: number
  /** How far a command may arrive from the time that was aimed at, either way. */
  readonly aimErrorMs: number
  readonly roundTripMs: number
  readonly probes: ProbeFacts
  /** How late the zones of the registry are: the plan learns it. */
  readonly lateness?: Lateness
}

/** How the probes of an account are paced: in the slow part of the grace its names have a share of the limits together. */
export type ProbeFacts = {
  /** When the last probe was sent, and the last that was a create; at the beginning of a lease: just now, by a predecessor. */
  readonly lastMs: RegistryMs
  readonly lastCreateMs: RegistryMs
  /** What the account's limits allow for long, also those by the minute. */
  readonly commandsPerSecondMax: number
  /** Infinity where the registry has no such budget. */
  readonly failedCreatesPerDayMax: number
}

/**
 * `isUrgent`: a name is released now, so it goes before everything else that the rate allows. `mayOverlap`: other sessions may try the
 * name before this one is answered. Until `untilMs` nothing is to be sent; `isExact` if the wait must end at that time and not a moment
 * later.
 */
export type Choice =
  | (Action & { readonly isUrgent: boolean; readonly mayOverlap?: boolean })
  | { readonly kind: 'wait'; readonly untilMs: RegistryMs; readonly isExact: boolean }

export type Action = { readonly kind: 'create' | 'info' | 'fee_check'; readonly target: Target }

const DAY_MS = 86_400_000

/** An undecided name is asked about again after this share of the time for which it has been undecided: less and less often. */
const PAUSE_SHARE = 0.5

/** Least pause between two `info` commands about a name that operators withdrew; the first is sent at once. */
const WITHDRAWING_PAUSE_MS_MIN = 1_000

/** Least pause between two `info` commands about a free name whose create waits for room in the budget. */
const SPENT_PAUSE_MS_MIN = 1_000

/** Longest pause between two `info` commands about one undecided name. */
const PAUSE_MS_MAX = 300_000

/**
 * After its exact time a name is tried again after this share of the time that has passed, within these bounds: the registry may be a
 * moment late, but a name that still exists after a second is most likely lost.
 */
const RETRY_SHARE = 0.5
const RETRY_MS_MIN = 5
const RETRY_MS_MAX = 1_000

/** While it is expected, a name is tried so often, if the rate allows it. Milliseconds. */
const EXPECTED_RETRY_MS = 50

/** Messages about applications come within minutes of the end of their period; later ones were lost, or will not come. */
const AWARD_MARGIN_MS = 3_600_000

/** Whether only `info` may be sent about it, until that decides. */
export function needsInfo({ phase }: Pick<Target, 'phase'>): boolean {
  return phase === 'ambiguous' || phase === 'awaiting_award'
}

/** When the target's next command may be sent; Infinity while it waits for something else. Pure. */
export function readyAtMs(target: Target, rule: PlanRule, facts: PlanFacts, nowMs: RegistryMs): RegistryMs {
  if (target.busy) return Infinity
  const { lastSentMs, heldUntilMs } = target
  const gapOverMs = Math.max(
    lastSentMs === null ? -Infinity : lastSentMs + rule.nameGapMs,
    heldUntilMs ?? -Infinity,
  )
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
      if (isUnprepared(target, rule, facts, nowMs)) return gapOverMs
      return Math.max(gapOverMs, fireAtMs(target, rule, facts), probePauseOverMs(target, nowMs))
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
  const { dropToMs, graceUntilMs, due, triedLate, createRetry } = target
  if (target.withdrawing) return pauseOverMs(target, target.sinceMs, WITHDRAWING_PAUSE_MS_MIN)
  const latePauseOverMs = pauseOverMs(target, graceUntilMs)
  if (!mayCreate(target, facts)) return Math.max(graceUntilMs + 1, latePauseOverMs)
  const surelyMs = surelyReleasedMs(target, facts)
  const fromMs = surelyMs === undefined ? target.dropFromMs - rule.aimLeadMs : target.dropFromMs
  if (isAskedInstead(target, facts)) return Math.max(fromMs, pauseOverMs(target, fromMs, SPENT_PAUSE_MS_MIN))
  if (due === 'fee_check') return Math.max(fromMs, createRetry?.untilMs ?? -Infinity)
  if (due === 'create' && triedLate) return Math.max(fromMs, latePauseOverMs)
  if (due !== null) return fromMs
  const hides = facts.othersHidden && !wasOurs(target, facts)
  const hiddenPauseOverMs = hides ? Math.min(pauseOverMs(target, dropToMs), graceUntilMs + 1) : -Infinity
  const retryAtMs = surelyMs === undefined ? -Infinity : nextTryMs(target, surelyMs, facts)
  return Math.max(fromMs, createRetry?.untilMs ?? -Infinity, latePauseOverMs, hiddenPauseOverMs, retryAtMs)
}

/** Whether its create has to wait for room in the budget, perhaps a day: meanwhile `info` shows whether somebody else gets it. */
function isAskedInstead(target: Target, facts: PlanFacts): boolean {
  return target.due === 'create' && !facts.hasBudget && canInfoDecide(target, facts)
}

/** When a create arrives after the release for certain, as far as the clock is known; undefined where the time is not known. */
export function surelyReleasedMs(
  target: Target,
  { aimErrorMs, lateness }: PlanFacts,
): RegistryMs | undefined {
  if (target.releaseMs === null) return undefined
  return lateness?.aimOf(target)?.surelyMs ?? target.releaseMs + aimErrorMs
}

/** Whether no create was sent yet that arrived after the release, where its time is known. */
export function isUntried(target: Target, facts: PlanFacts): boolean {
  const { lastSentMs } = target
  const surelyMs = surelyReleasedMs(target, facts)
  return surelyMs !== undefined && (lastSentMs === null || lastSentMs < surelyMs)
}

/**
 * The next create of a name whose release is known to the instant: when it arrives after that for certain. If the clock is known worse
 * than by a round trip, creates arrive evenly over its error, a round trip apart: the release is among them. A registry may be early or
 * late; so a name is tried now and then in its window before, and less and less often after, until it is expected where that is known.
 */
function nextTryMs(target: Target, surelyMs: RegistryMs, facts: PlanFacts): RegistryMs {
  const { dropFromMs, lastSentMs } = target
  const combMs = Math.max(RETRY_MS_MIN, facts.roundTripMs)
  const isComb = 2 * facts.aimErrorMs > combMs
  const onTimeMs = isComb ? surelyMs - 2 * facts.aimErrorMs + combMs : surelyMs
  const soonestMs = facts.lateness?.aimOf(target)?.soonestMs ?? onTimeMs
  if (lastSentMs === null || lastSentMs < soonestMs) {
    const isFirst = lastSentMs === null || lastSentMs < dropFromMs
    const earlyMs = isFirst ? dropFromMs : lastSentMs + RETRY_MS_MAX
    // Its answer would not be there in time.
    return earlyMs > soonestMs - combMs ? soonestMs : earlyMs
  }
  if (lastSentMs < surelyMs) return Math.min(lastSentMs + combMs, surelyMs)
  const elapsedMs = RETRY_SHARE * (lastSentMs - surelyMs)
  const againMs = lastSentMs + Math.min(RETRY_MS_MAX, Math.max(RETRY_MS_MIN, elapsedMs))
  const expectedMs = facts.lateness?.expectedMs(target)
  if (expectedMs === undefined || lastSentMs > expectedMs + AROUND_MS) return againMs
  return Math.min(againMs, Math.max(expectedMs - AROUND_MS, lastSentMs + EXPECTED_RETRY_MS))
}

/** In the slow part of the grace: the pause of the name. What is known to be due, such as the create of a free name, does not wait. */
function probePauseOverMs(target: Target, nowMs: RegistryMs): RegistryMs {
  const { lastSentMs, probing } = target
  if (!isPacedProbe(target, nowMs) || lastSentMs === null) return -Infinity
  return lastSentMs + probing.everyMs
}

/** Whether its next command is one of the few that names in the slow part of their grace share. */
export function isPacedProbe(target: Target, nowMs: RegistryMs): boolean {
  return isProbing(target, nowMs) && target.due === null
}

/** When the account's share for probes, and for probes that are creates, allows this one. */
export function probeShareOverMs(target: Target, kind: Action['kind'], facts: PlanFacts): RegistryMs {
  const { lastMs, commandsPerSecondMax } = facts.probes
  const shareOverMs = lastMs + 1_000 / (commandsPerSecondMax * target.probing.share)
  return Math.max(shareOverMs, kind === 'create' ? probeCreateAtMs(target, facts) : -Infinity)
}

/** When the share of the budget of failed creates allows a probe that is one. */
function probeCreateAtMs({ probing }: Target, { probes }: PlanFacts): RegistryMs {
  return probes.lastCreateMs + DAY_MS / (probes.failedCreatesPerDayMax * probing.share)
}

/**
 * From when on the registry may be asked by `info` about a name that was applied for. Where creates are applications, a message says
 * what became of each: nothing is asked before it came, or before the period has been over for an hour, or its grace, without one.
 * RFC 5731 §3.3.
 */
function awardAskedAtMs({ release, awarded, dropToMs, graceUntilMs }: Target): RegistryMs {
  if (release !== 'applications' || awarded !== null) return -Infinity
  return Math.min(graceUntilMs, dropToMs + AWARD_MARGIN_MS)
}

/** When the pause after the last command is over. There is none after a command sent before `sinceMs`. */
function pauseOverMs({ lastSentMs }: Target, sinceMs: RegistryMs | null, pauseMsMin = 0): RegistryMs {
  if (lastSentMs === null || sinceMs === null || lastSentMs < sinceMs) return -Infinity
  return lastSentMs + Math.min(PAUSE_MS_MAX, Math.max(pauseMsMin, PAUSE_SHARE * (lastSentMs - sinceMs)))
}

/**
 * Whether a name that was armed shortly before its window can still be prepared: `info` has not described the registration that is to be
 * deleted, and no create was sent. A name of a batch is prepared in its window, too: without its place in the order it is tried rarely.
 */
function isUnprepared(target: Target, { aimLeadMs }: PlanRule, facts: PlanFacts, nowMs: RegistryMs): boolean {
  const { prior, lastSentMs, dropFromMs, probing, release } = target
  if (prior.kind !== 'unknown' || lastSentMs !== null) return false
  if (nowMs < dropFromMs - aimLeadMs) return true
  return release === 'daily_batch' && nowMs <= probing.fromMs && canInfoDecide(target, facts)
}

/** The command that the target needs next, whoever else waits. Pure. */
export function commandFor(
  target: Target,
  rule: PlanRule,
  facts: PlanFacts,
  nowMs: RegistryMs,
): Action['kind'] {
  if (target.phase !== 'firing' || isUnprepared(target, rule, facts, nowMs)) return 'info'
  if (!mayCreate(target, facts)) return 'info'
  if (isAskedInstead(target, facts)) return 'info'
  if (target.due !== null) return target.due
  if (nowMs > target.graceUntilMs) return 'info'
  if (!canInfoDecide(target, facts)) return 'create'
  return isProbing(target, nowMs) && sparesCreates(target, facts, nowMs) ? 'info' : 'create'
}

/** Whether `info` shows who holds a name that exists. */
export function canInfoDecide(target: Target, facts: PlanFacts): boolean {
  return !facts.othersHidden || wasOurs(target, facts)
}

/** A probe is an `info` while its share of failed creates, or the budget, is used up, and where the server for creates is closed by then. */
function sparesCreates(target: Target, facts: PlanFacts, nowMs: RegistryMs): boolean {
  return !facts.hasBudget || target.release === 'open_window' || probeCreateAtMs(target, facts) > nowMs
}
