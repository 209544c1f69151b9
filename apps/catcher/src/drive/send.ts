import type { Attempt } from '@droplock/core/targets/record-attempts'
import { quoteDomains } from '@droplock/epp/commands/domain-quote'
import type { Slot } from '@droplock/epp/pool/slot'
import { decideByFee } from '@droplock/rules/drop/decide-by-fee'
import { decideByInfo } from '@droplock/rules/drop/decide-by-info'
import { interpretCreate } from '@droplock/rules/drop/interpret-create'
import type { Money } from '@droplock/rules/money/money'
import type { Answer, DomainInfo, OnSend } from '@droplock/rules/ports/registrar'
import { chargedMoney } from '@droplock/rules/registries/charged-money'
import { attemptDone, attemptSent, withQuote } from '../evidence/attempt.ts'
import type { Action } from '../plan/choose-next.ts'
import { type Lesson, learnFromCreate, learnFromInfo, learnFromPreparation } from '../plan/learn.ts'
import { learnFromFee } from '../plan/learn-from-fee.ts'
import type { RegistryMs, Target } from '../plan/target.ts'
import type { Fight } from './hold.ts'
import { standingOf } from './standing.ts'

export type Learned = {
  readonly lesson: Lesson
  readonly answer: Answer<unknown>
  readonly clTRID: string
  /** The result code and text, where there was an answer. */
  readonly code: number | null
  readonly message: string | null
  /** What the registry took for a create, where it said so. */
  readonly charged?: Money | undefined
}

type Answered = Omit<Learned, 'clTRID'>

type Command = {
  readonly clTRID: string
  readonly onSend: OnSend
  readonly keep: (attempt?: Attempt) => void
}

/** Sends one command by a slot, keeps it as evidence, and learns from its answer. The lease is asked last of all. */
export async function send(on: Fight, slot: Slot, action: Action, sentMs: RegistryMs): Promise<Learned> {
  const { target, kind } = action
  const clTRID = on.newClTRID()
  const about = { targetId: target.id, registryAccountId: on.account.id, command: kind }
  const onSend: OnSend = (sent) => {
    if (!on.lease.maySend()) throw new Error('the lease is over') // and nothing is sent
    on.evidence.sent(attemptSent(about, sent))
  }
  const command: Command = {
    clTRID,
    onSend,
    keep: (attempt) => attempt !== undefined && on.evidence.done(attempt),
  }
  const ask = { create: sendCreate, info: sendInfo, fee_check: sendFeeCheck }[kind]
  return { ...(await ask(on, slot, target, sentMs, command, about)), clTRID }
}

type About = Parameters<typeof attemptSent>[0]

/** With the standard fee as its cap wherever the zone can have premium names (rule 3). */
async function sendCreate(
  on: Fight,
  slot: Slot,
  target: Target,
  sentMs: RegistryMs,
  { clTRID, onSend, keep }: Command,
  about: About,
): Promise<Answered> {
  const { name, fee } = target
  const order = { name, clTRID, years: 1, authInfo: on.newAuthInfo() } as const
  const answer = await slot.create(fee === null ? order : { ...order, feeCap: fee.agreed }, onSend)
  keep(attemptDone(about, answer))
  const verdict = interpretCreate(answer, name, fee !== null)
  const lesson = learnFromCreate(target, verdict, sentMs, standingOf(on))
  const charged = fee && answer.kind === 'answered' && chargedMoney(answer.data?.charged, fee.agreed.currency)
  return { lesson: withWords(lesson, answer), ...toldBy(answer), ...(charged && { charged }) }
}

/** Whoever mends what the create lacked reads what the registry said of it. */
function withWords(lesson: Lesson, answer: Answer<unknown>): Lesson {
  const { target } = lesson
  if (target.lack === null || answer.kind !== 'answered') return lesson
  return { ...lesson, target: { ...target, lack: { ...target.lack, message: answer.message } } }
}

async function sendInfo(
  on: Fight,
  slot: Slot,
  target: Target,
  sentMs: RegistryMs,
  { clTRID, onSend, keep }: Command,
  about: About,
): Promise<Answered> {
  const answer = await slot.info(target.name, clTRID, onSend)
  keep(attemptDone(about, answer))
  const priorCrDate = target.prior.kind === 'known' ? (target.prior.crDate ?? undefined) : undefined
  const facts = { ourClids: on.account.ourClids, priorCrDate, armedAt: target.armedAt }
  const verdict = decideByInfo(answer, target.name, facts)
  noteHidden(on, answer, verdict.kind)
  const lesson =
    target.phase === 'waiting'
      ? learnFromPreparation(target, verdict, sentMs, answer)
      : learnFromInfo(target, verdict, sentMs, standingOf(on))
  return { lesson, ...toldBy(answer) }
}

/** Whether others' names are told of is the registry's policy, and the same for all of them. */
function noteHidden({ account, seen }: Fight, answer: Answer<DomainInfo>, kind: string): void {
  if (kind === 'not_ours') seen.othersHidden = true
  const holder = answer.kind === 'answered' ? answer.data?.clID : undefined
  if (holder !== undefined && !account.ourClids.has(holder)) seen.othersHidden = false
}

/** Asks the price of the name, and of one that nobody registered, which costs the standard fee. RFC 8748 §5.1.1. */
async function sendFeeCheck(
  _on: Fight,
  slot: Slot,
  target: Target,
  sentMs: RegistryMs,
  { clTRID, onSend, keep }: Command,
  about: About,
): Promise<Answered> {
  const { name, zone, fee, lack } = target
  const ordinaryName = `${clTRID.toLowerCase().replaceAll(/[^a-z0-9-]/g, '')}.${zone}`
  const questions = [{ command: 'create', years: 1 }] as const
  const answer = await slot.send(quoteDomains([name, ordinaryName], questions), clTRID, onSend)
  keep(withQuote(attemptDone(about, answer), answer, name))
  const agreed = fee?.agreed ?? null
  const verdict = decideByFee(answer, { name, ordinaryName, code: lack?.code ?? 0, agreed })
  return { lesson: learnFromFee(target, verdict, sentMs), ...toldBy(answer) }
}

function toldBy(answer: Answer<unknown>): Omit<Answered, 'lesson'> {
  return answer.kind === 'answered'
    ? { answer, code: answer.code, message: answer.message }
    : { answer, code: null, message: null }
}
