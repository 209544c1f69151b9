import type { InfoVerdict } from '@droplock/rules/drop/decide-by-info'
import type { CreateVerdict } from '@droplock/rules/drop/interpret-create'
import type { OutcomeBasis } from '@droplock/rules/drop/outcome'
import type { Outcome } from '@droplock/rules/machines/catch-target'
import type { Money } from '@droplock/rules/money'
import type { Answer, DomainInfo } from '@droplock/rules/ports/registrar'
import { type AccountFacts, mayCreate, type Prior, type RegistryMs, type Target, wasOurs } from './target.ts'

/** The result of interpreting one answer: the updated target, and its decision if the answer decided it. */
export type Observation = {
  readonly target: Target
  readonly decision?: Decision
  readonly issue?: Issue
}

type Decision = {
  readonly basis: OutcomeBasis
  /** Who holds the name, if the registry said so; null for a win by a create, which is held by the account that sent it. */
  readonly holderClid: string | null
  /** When the registration of another was created, if the registry said so. */
  readonly holderCrDate?: Date | undefined
} & (
  | { readonly outcome: 'registered'; readonly crDate: Date; readonly exDate?: Date | undefined }
  | { readonly outcome: Exclude<Outcome, 'registered'> }
)

/** What an operator has to solve, for the whole account or a zone. It does not fail a name by itself. */
export type Issue =
  | { readonly kind: 'deposit_empty' }
  | { readonly kind: 'our_fault' }
  | { readonly kind: 'create_incomplete' }
  | { readonly kind: 'fee_stale'; readonly quoted: Money }

/** Pauses of a name whose create was refused for an issue that operators need minutes to solve. */
const RETRY_PAUSE_MS_MIN = 5_000
export const RETRY_PAUSE_MS_MAX = 60_000

/** Interprets the answer to a create that was sent at `sentMs`. Pure. */
export function observeCreate(
  target: Target,
  verdict: CreateVerdict,
  sentMs: RegistryMs,
  accountFacts: AccountFacts,
): Observation {
  if (verdict.kind === 'not_sent') return { target: { ...target, busy: false } }
  const known: Target = {
    ...target,
    busy: false,
    lastSentMs: sentMs,
    createsSinceInfo: target.createsSinceInfo + 1,
    due: null,
    exists: false,
    triedLate: isLate(target, sentMs),
  }
  switch (verdict.kind) {
    case 'registered':
      return decide(known, wonBy(verdict, 'create'))
    case 'refused':
      return decide(known, { outcome: 'refused', basis: 'create', holderClid: null })
    case 'incomplete': {
      const refused = withRetry(known, verdict.code, sentMs)
      if (accountFacts.feeAgreed) return { target: { ...refused, due: 'fee_check' } }
      return { target: pauseBeforeRetry(refused, sentMs), issue: { kind: 'create_incomplete' } }
    }
    case 'applied':
      return { target: { ...known, phase: 'awaiting_award', applied: true, sinceMs: sentMs } }
    case 'unknown':
    case 'session_ended':
      return { target: { ...known, phase: 'ambiguous', sinceMs: sentMs } }
    case 'deposit_empty':
    case 'our_fault':
      return { target: withRetry(known, verdict.code, sentMs), issue: { kind: verdict.kind } }
    case 'exists':
      return {
        target: { ...known, exists: true, createRetry: null, due: isLate(target, sentMs) ? 'info' : null },
      }
    case 'retry':
      return { target: known }
  }
}

/** Interprets the answer to an `info` that was sent at `sentMs` about a target that is firing. Pure. */
export function observeInfo(
  target: Target,
  verdict: InfoVerdict,
  sentMs: RegistryMs,
  accountFacts: AccountFacts,
): Observation {
  const asked: Target = {
    ...target,
    busy: false,
    lastSentMs: sentMs,
    createsSinceInfo: 0,
    due: null,
    sinceMs: target.sinceMs ?? sentMs,
  }
  switch (verdict.kind) {
    case 'ours':
      return decide(asked, wonBy(verdict, 'info'))
    case 'other':
      return decide(asked, {
        outcome: 'lost',
        basis: 'info',
        holderClid: verdict.clID,
        holderCrDate: verdict.crDate,
      })
    case 'withdrawn':
      return decide(asked, { outcome: 'withdrawn', basis: 'info', holderClid: null })
    case 'pending':
      return { target: { ...asked, phase: 'awaiting_award', applied: true } }
    case 'undecided':
      return { target: asked }
    default:
      if (asked.awarded === false) return decide(asked, notAwarded)
      return target.phase === 'awaiting_award'
        ? observeApplication(asked, verdict, sentMs)
        : observeAbsence({ ...asked, phase: 'firing' }, verdict, sentMs, accountFacts)
  }
}

/** The message is the registry's answer to our create, and `info` shows nobody who holds the name. */
const notAwarded: Decision = { outcome: 'lost', basis: 'create', holderClid: null }

type NotHeld = Extract<InfoVerdict, { kind: 'not_purged' | 'gone' | 'not_ours' }>

/**
 * The name is not ours yet: before its award an application has no holder, whatever `info` answers; one that was awarded is asked about
 * until `info` shows it. After the grace a name that is
 * free is created again, and RDAP may show what the registry hides. This never causes a refund, since the award may still come.
 */
function observeApplication(asked: Target, { kind }: NotHeld, sentMs: RegistryMs): Observation {
  if (!isLate(asked, sentMs) || asked.awarded === true) return { target: asked }
  if (kind === 'gone' && !asked.withdrawing) return { target: { ...asked, phase: 'firing', due: 'create' } }
  if (kind !== 'not_ours') return { target: asked }
  // RDAP showed a registration, and the registry says after that that it is not ours.
  return asked.rdap?.taken === true
    ? decide(asked, { outcome: 'lost', basis: 'rdap', holderClid: null })
    : { target: waitForRdap(asked, sentMs) }
}

/** The name is not ours, and no create of ours is unanswered: a name that operators withdrew ends here. */
function observeAbsence(
  firing: Target,
  { kind }: NotHeld,
  sentMs: RegistryMs,
  accountFacts: AccountFacts,
): Observation {
  if (firing.withdrawing) return decide(firing, { outcome: 'withdrawn', basis: 'info', holderClid: null })
  const late = isLate(firing, sentMs)
  switch (kind) {
    case 'not_purged':
      return late ? decide(firing, missed('info')) : { target: firing }
    case 'gone': {
      const seenFree: Target = { ...firing, released: true, exists: false }
      // Free, however late. An issue that is not solved when the grace is over is not waited for any longer.
      // Where the server for creates is open for the window only, no create can be sent any more.
      const isClosed = firing.release === 'open_window'
      const hopeless = late && (isClosed || firing.createRetry !== null || !mayCreate(firing, accountFacts))
      return hopeless ? decide(seenFree, missed('info')) : { target: { ...seenFree, due: 'create' } }
    }
    case 'not_ours': {
      const known = { ...firing, released: firing.released || wasOurs(firing, accountFacts) }
      return late ? observeHidden(known, sentMs, accountFacts) : { target: known }
    }
  }
}

/**
 * After the grace the registry says only that the name is not ours. One more create shows whether it is free. Then RDAP is asked
 * what happened, if the zone has one. ADR 8.
 */
function observeHidden(known: Target, sentMs: RegistryMs, accountFacts: AccountFacts): Observation {
  const untried = !known.exists && known.createRetry === null && mayCreate(known, accountFacts)
  if (untried) return { target: { ...known, due: 'create' } }
  return known.rdapUrl === null ? presume(known) : { target: waitForRdap(known, sentMs) }
}

function waitForRdap(target: Target, nowMs: RegistryMs): Target {
  if (target.rdapUrl === null) return target
  return {
    ...target,
    phase: 'not_ours',
    rdap: target.rdap ?? { sinceMs: nowMs, againMs: nowMs, taken: false },
  }
}

/**
 * Certainly not ours, without evidence of what happened. A name that was due for its purge and exists after it was registered by
 * another registrar: lost, which never makes our results look better. A name without an answered create was missed. ADR 8.
 */
export function presume(target: Target): Observation {
  const outcome = target.exists || target.released ? 'lost' : 'missed'
  return decide(target, { outcome, basis: 'presumed', holderClid: null })
}

/**
 * Interprets an `info` before the drop: it shows the registration that is to be deleted, or that it will not be deleted. Any other
 * answer decides nothing; `info` is sent again after the drop.
 */
export function observePreparation(
  target: Target,
  verdict: InfoVerdict,
  sentMs: RegistryMs,
  answer: Answer<DomainInfo>,
): Observation {
  const info = answer.kind === 'answered' ? answer.data : undefined
  const known: Target = { ...target, busy: false, lastSentMs: sentMs }
  if (verdict.kind === 'withdrawn') {
    return decide(known, { outcome: 'withdrawn', basis: 'info', holderClid: info?.clID ?? null })
  }
  return { target: { ...known, prior: priorOf(info, verdict) } }
}

/** A name that was armed too late to be prepared: the first `info` that shows its registration about to be purged describes it. */
export function describePrior(target: Target, verdict: InfoVerdict, answer: Answer<DomainInfo>): Target {
  if (target.prior.kind === 'known' || verdict.kind !== 'not_purged') return target
  return { ...target, prior: priorOf(answer.kind === 'answered' ? answer.data : undefined, verdict) }
}

/** Only a registration that is about to be purged is the prior one. After any other answer its age is compared with the arming. */
function priorOf(info: DomainInfo | undefined, verdict: InfoVerdict): Prior {
  if (verdict.kind === 'undecided' || verdict.kind === 'pending') return { kind: 'unknown' }
  if (verdict.kind !== 'not_purged')
    return { kind: 'known', crDate: null, clid: null, updatedAt: null, roid: null }
  const { crDate = null, clID: clid = null, upDate: updatedAt = null, roid = null } = info ?? {}
  return { kind: 'known', crDate, clid, updatedAt, roid }
}

/** The target with a pause that is longer than the last one. */
export function pauseBeforeRetry(target: Target, nowMs: RegistryMs): Target {
  if (target.createRetry === null) return target
  const doubled = Math.max(RETRY_PAUSE_MS_MIN, 2 * target.createRetry.pauseMs)
  const pauseMs = Math.min(RETRY_PAUSE_MS_MAX, doubled)
  return { ...target, createRetry: { ...target.createRetry, pauseMs, untilMs: nowMs + pauseMs } }
}

function withRetry(target: Target, code: number, sentMs: RegistryMs): Target {
  return { ...target, createRetry: { code, pauseMs: target.createRetry?.pauseMs ?? 0, untilMs: sentMs } }
}

function isLate({ graceUntilMs }: Target, sentMs: RegistryMs): boolean {
  return sentMs > graceUntilMs
}

function missed(basis: OutcomeBasis): Decision {
  return { outcome: 'missed', basis, holderClid: null }
}

type Won = { readonly clID?: string; readonly crDate: Date; readonly exDate?: Date }

function wonBy({ clID, crDate, exDate }: Won, basis: OutcomeBasis): Decision {
  const decision = { outcome: 'registered', basis, crDate, holderClid: clID ?? null } as const
  return exDate === undefined ? decision : { ...decision, exDate }
}

export function decide(target: Target, decision: Decision): Observation {
  return { target: { ...target, phase: 'decided' }, decision }
}
