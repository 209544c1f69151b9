import type { InfoVerdict } from '@droplock/rules/drop/decide-by-info'
import type { CreateVerdict } from '@droplock/rules/drop/interpret-create'
import type { Outcome } from '@droplock/rules/machines/catch-target'
import type { Answer, DomainInfo } from '@droplock/rules/ports/registrar'
import type { Prior, RegistryMs, Target } from './target.ts'

/** What one answer changed: the target as it is known now, and its end if this was it. */
export type Lesson = {
  readonly target: Target
  readonly decision?: Decision
  readonly alarm?: Alarm
}

export type Decision =
  | {
      readonly outcome: 'registered'
      readonly crDate: Date
      readonly exDate?: Date | undefined
      readonly holderClid: string | null
    }
  | { readonly outcome: Exclude<Outcome, 'registered'>; readonly holderClid: string | null }

/** Trouble of the whole account, not of this name. */
export type Alarm = 'deposit_empty' | 'our_fault'

/** What the answer to a create, sent at `sentMs`, teaches. Pure. */
export function learnFromCreate(target: Target, verdict: CreateVerdict, sentMs: RegistryMs): Lesson {
  const known = {
    ...target,
    busy: false,
    lastSentMs: sentMs,
    createsSinceInfo: target.createsSinceInfo + 1,
    seenFree: false,
  }
  switch (verdict.kind) {
    case 'registered':
      return decide(known, wonBy(verdict))
    case 'premium':
    case 'refused':
      return decide(known, { outcome: verdict.kind, holderClid: null })
    case 'applied': // an award by poll comes with part 2; until then `info` tells who got it
    case 'unknown':
    case 'session_ended':
      return { target: { ...known, phase: 'doubtful' } }
    case 'deposit_empty':
    case 'our_fault':
      return { target: known, alarm: verdict.kind }
    case 'not_sent':
      return { target: { ...target, busy: false } }
    case 'exists':
    case 'retry':
      return { target: known }
  }
}

/** What the answer to an `info`, sent at `sentMs`, teaches of a target whose fire has begun. Pure. */
export function learnFromInfo(target: Target, verdict: InfoVerdict, sentMs: RegistryMs): Lesson {
  const known: Target = {
    ...target,
    busy: false,
    lastSentMs: sentMs,
    createsSinceInfo: 0,
    seenFree: false,
    phase: 'firing',
  }
  switch (verdict.kind) {
    case 'ours':
      return decide(known, wonBy(verdict))
    case 'other':
      return decide(known, { outcome: 'lost', holderClid: verdict.clID })
    case 'withdrawn':
      return decide(known, { outcome: 'withdrawn', holderClid: null })
    case 'not_purged':
      return sentMs > target.graceUntilMs
        ? decide(known, { outcome: 'missed', holderClid: null })
        : { target: known }
    case 'gone': // free at this moment: the next slot creates it, however late
      return { target: { ...known, seenFree: true } }
    case 'undecided':
      return { target: { ...target, busy: false, lastSentMs: sentMs } }
  }
}

/**
 * What an `info` before the drop teaches: the registration that is to be deleted, or that it will not be. Anything else is
 * left to the fire, which asks again when it may decide.
 */
export function learnFromPreparation(
  target: Target,
  verdict: InfoVerdict,
  sentMs: RegistryMs,
  answer: Answer<DomainInfo>,
): Lesson {
  const told = answer.kind === 'answered' ? answer.data : undefined
  const known: Target = { ...target, busy: false, lastSentMs: sentMs }
  if (verdict.kind === 'withdrawn') {
    return decide(known, { outcome: 'withdrawn', holderClid: told?.clID ?? null })
  }
  return { target: { ...known, prior: priorOf(told, verdict) } }
}

/** Only a registration that is about to be purged is the prior one; by any other answer its age is judged by the arming. */
function priorOf(told: DomainInfo | undefined, verdict: InfoVerdict): Prior {
  if (verdict.kind === 'undecided') return { kind: 'unknown' }
  if (verdict.kind !== 'not_purged') return { kind: 'known', crDate: null, clid: null }
  return { kind: 'known', crDate: told?.crDate ?? null, clid: told?.clID ?? null }
}

function wonBy({ crDate, exDate }: { readonly crDate: Date; readonly exDate?: Date }): Decision {
  const won = { outcome: 'registered', crDate, holderClid: null } as const
  return exDate === undefined ? won : { ...won, exDate }
}

function decide(target: Target, decision: Decision): Lesson {
  return { target: { ...target, phase: 'decided' }, decision }
}
