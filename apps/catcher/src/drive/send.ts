import { quoteDomains } from '@droplock/epp/commands/domain'
import type { Slot } from '@droplock/epp/pool/slot'
import { decideByFee } from '@droplock/rules/drop/decide-by-fee'
import { decideByInfo } from '@droplock/rules/drop/decide-by-info'
import { interpretCreate } from '@droplock/rules/drop/interpret-create'
import type { Money } from '@droplock/rules/money'
import type { Answer, DomainInfo, OnSend } from '@droplock/rules/ports/registrar'
import { chargedMoney } from '@droplock/rules/registries'
import { attemptDone, attemptSent, quoteNote } from '../evidence.ts'
import {
  describePrior,
  type Observation,
  observeCreate,
  observeInfo,
  observePreparation,
} from '../plan/observe.ts'
import { deferFeeCheck, observeFee } from '../plan/observe-fee.ts'
import type { Seen } from '../plan/observe-release.ts'
import { seenIn } from '../plan/observe-release.ts'
import type { Action } from '../plan/ready-at.ts'
import { priorCrDateOf, type RegistryMs, type Target } from '../plan/target.ts'
import type { LeasedAccount } from './leased-account.ts'
import { accountFactsOf } from './leased-account.ts'

/** A command that was sent or could not be sent, its answer, and what that changed. */
export type Exchange = {
  readonly observed: Observation
  readonly answer: Answer<unknown>
  readonly clTRID: string
  /** The result code and text, if there was an answer. */
  readonly code: number | null
  readonly message: string | null
  /** What the registry charged for a create, if it said so. */
  readonly charged?: Money | undefined
  /** What it showed about the release of the name. */
  readonly seen?: Seen | undefined
}

/** `interpret`: what the answer means for the target as it is when it arrives. */
type Answered = {
  readonly answer: Answer<unknown>
  readonly interpret: (current: Target) => Pick<Exchange, 'observed' | 'charged' | 'seen'>
}

/** One command to send. */
type Sending = {
  readonly slot: Slot
  readonly target: Target
  readonly sentMs: RegistryMs
  readonly clTRID: string
  readonly onSend: OnSend
  /** Stores the attempt as evidence, if it was sent. `note` is added to the registry's message. */
  readonly keep: (answer: Answer<unknown>, note?: string) => void
}

/**
 * Sends one command with a slot, stores it as evidence, and interprets its answer for the target as it is then. The lease is checked
 * last. Undefined if the target has been decided or removed meanwhile: then the answer is evidence alone.
 */
export async function send(
  leased: LeasedAccount,
  slot: Slot,
  { kind, target }: Action,
  sentMs: RegistryMs,
): Promise<Exchange | undefined> {
  const { account, evidence, lease } = leased
  const clTRID = leased.newClTRID()
  const about = { targetId: target.id, registryAccountId: account.id, command: kind }
  const sending: Sending = {
    slot,
    target,
    sentMs,
    clTRID,
    onSend: (sent) => {
      if (!lease.maySend()) throw new Error('the lease is over') // and nothing is sent
      if (kind === 'create' && leased.leaseState.stop !== undefined)
        throw new Error('the registry is stopped')
      evidence.sent(attemptSent(about, sent))
    },
    keep: (answer, note) => {
      const attempt = attemptDone(about, answer, note)
      if (attempt !== undefined) evidence.done(attempt)
    },
  }
  const ask = { create: sendCreate, info: sendInfo, fee_check: sendFeeCheck }[kind]
  const { answer, interpret } = await ask(leased, sending)
  const { code, message } = answer.kind === 'answered' ? answer : { code: null, message: null }
  const current = leased.store.get(target.id)
  if (current === undefined || current.phase === 'decided') return undefined
  const creating = current.creating - (kind === 'create' ? 1 : 0)
  const read = interpret({ ...current, creating })
  const lastSentMs = latest(read.observed.target.lastSentMs, current.lastSentMs)
  const answered = { ...read.observed, target: { ...read.observed.target, lastSentMs } }
  const observed = waitForOthers(stayAmbiguous(answered, current, kind, sentMs, leased.arrivalNowMs()))
  // In the turn in which it was read: in the next one another create of the same name may be sent, and is counted too.
  leased.store.put(observed.target)
  return { ...read, observed, answer, clTRID, code, message }
}

function latest(one: RegistryMs | null, other: RegistryMs | null): RegistryMs | null {
  return one === null || other === null ? (one ?? other) : Math.max(one, other)
}

/** A win, or the registration of another, whatever became of our other creates. */
function isCertain({ outcome, basis }: NonNullable<Observation['decision']>): boolean {
  return outcome === 'registered' || (outcome === 'lost' && basis === 'info')
}

/**
 * A name is ambiguous from the moment in which one of its creates remained without an answer. Of what was sent before that moment
 * nothing else than a certain end is believed: the create may have taken effect since. Only `info` ends it.
 */
function stayAmbiguous(
  observation: Observation,
  { phase, sinceMs }: Target,
  kind: Action['kind'],
  sentMs: RegistryMs,
  nowMs: RegistryMs,
): Observation {
  const { target, decision, ...rest } = observation
  if (phase !== 'ambiguous')
    return target.phase === 'ambiguous'
      ? { ...observation, target: { ...target, sinceMs: nowMs } }
      : observation
  if (decision !== undefined && isCertain(decision)) return observation
  if (kind === 'info' && sentMs >= (sinceMs ?? -Infinity)) return observation
  return { target: { ...target, phase, sinceMs }, ...rest }
}

/**
 * A win is one whatever else is in flight, and so is the registration of another. Any other end waits for the answers to our other
 * creates of the name, and is then found out by `info`.
 */
function waitForOthers({ target, decision, ...rest }: Observation): Observation {
  if (decision === undefined) return { target, ...rest }
  if (isCertain(decision) || target.creating === 0) return { target, decision, ...rest }
  return { target: { ...target, phase: 'ambiguous', sinceMs: target.lastSentMs }, ...rest }
}

/** Sends the create that was prepared. */
async function sendCreate(leased: LeasedAccount, sending: Sending): Promise<Answered> {
  const { slot, target, sentMs, clTRID, onSend, keep } = sending
  const { name, fee } = target
  const answer = await slot.send(leased.creates.of(target), clTRID, onSend)
  keep(answer)
  const verdict = interpretCreate(answer, name, fee !== null)
  const seen = seenIn('create', verdict, sentMs)
  const charged = fee && answer.kind === 'answered' && chargedMoney(answer.data?.charged, fee.agreed.currency)
  const interpret = (current: Target) => {
    const observed = withMessage(observeCreate(current, verdict, sentMs, accountFactsOf(leased)), answer)
    return { observed, seen, ...(charged && { charged }) }
  }
  return { answer, interpret }
}

/** Adds the registry's message for the operator who has to solve the issue. */
function withMessage(observed: Observation, answer: Answer<unknown>): Observation {
  const { target } = observed
  if (target.createRetry === null || answer.kind !== 'answered') return observed
  return {
    ...observed,
    target: { ...target, createRetry: { ...target.createRetry, message: answer.message } },
  }
}

async function sendInfo(leased: LeasedAccount, sending: Sending): Promise<Answered> {
  const { slot, target, sentMs, clTRID, onSend, keep } = sending
  const answer = await slot.info(target.name, clTRID, onSend)
  keep(answer)
  const { ourClids } = leased.leaseState
  const facts = { ourClids, priorCrDate: priorCrDateOf(target), armedAt: target.armedAt }
  const verdict = decideByInfo(answer, target.name, facts)
  noteHidden(leased, answer, verdict.kind)
  const seen = seenIn('info', verdict, sentMs)
  const interpret = (current: Target) => {
    const observed =
      target.phase === 'waiting'
        ? observePreparation(current, verdict, sentMs, answer)
        : observeInfo(describePrior(current, verdict, answer), verdict, sentMs, accountFactsOf(leased))
    return { observed, seen }
  }
  return { answer, interpret }
}

/** Whether `info` shows other registrars' names is a policy of the registry, the same for all names. */
function noteHidden({ account, leaseState }: LeasedAccount, answer: Answer<DomainInfo>, kind: string): void {
  if (kind === 'not_ours') leaseState.othersHidden = true
  const holder = answer.kind === 'answered' ? answer.data?.clID : undefined
  if (holder !== undefined && holder !== account.clid) leaseState.othersHidden = false
}

/** Asks for the price of the name, and of an unregistered name, which costs the standard fee. RFC 8748 §5.1.1. */
async function sendFeeCheck(leased: LeasedAccount, sending: Sending): Promise<Answered> {
  const { slot, target, sentMs, clTRID, onSend, keep } = sending
  const { name, zone, fee, createRetry } = target
  const ordinaryName = `${clTRID.toLowerCase().replaceAll(/[^a-z0-9-]/g, '')}.${zone}`
  const questions = [{ command: 'create', years: 1 }] as const
  const answer = await slot.send(quoteDomains([name, ordinaryName], questions), clTRID, onSend)
  if (answer.kind === 'not_sent') {
    const waitMs = (answer.retryAtMs ?? 0) - leased.monotonicMs()
    return { answer, interpret: (current) => ({ observed: deferFeeCheck(current, waitMs, sentMs) }) }
  }
  keep(answer, quoteNote(answer, name))
  const agreed = fee?.agreed ?? null
  const verdict = decideByFee(answer, { name, ordinaryName, code: createRetry?.code ?? 0, agreed })
  return { answer, interpret: (current) => ({ observed: observeFee(current, verdict, sentMs) }) }
}
