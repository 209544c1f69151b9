import type { Context } from '@droplock/core/context'
import type { Attempt } from '@droplock/core/targets/record-attempts'
import { NoSlot } from '@droplock/epp/pool/desk'
import type { RegistrarPool } from '@droplock/epp/pool/pool'
import type { Slot } from '@droplock/epp/pool/slot'
import type { Logger } from '@droplock/observability/logger'
import { decideByInfo } from '@droplock/rules/drop/decide-by-info'
import { interpretCreate } from '@droplock/rules/drop/interpret-create'
import type { Sent } from '@droplock/rules/ports/registrar'
import type { Board } from '../board/board.ts'
import { attemptDone, attemptSent } from '../evidence/attempt.ts'
import type { Evidence } from '../evidence/evidence.ts'
import { type Action, chooseNext, type PlanRule } from '../plan/choose-next.ts'
import { type Lesson, learnFromCreate, learnFromInfo, learnFromPreparation } from '../plan/learn.ts'
import type { RegistryMs, Target } from '../plan/target.ts'
import type { HeldLease } from './keep-lease.ts'
import type { Settler } from './settler.ts'

/** Longest wait of a sender for a slot before it looks at the plan again. */
const SLOT_WAIT_MS_MAX = 1_000

/** Pause of all sending after trouble of the whole account: an operator has to act, and hammering helps nobody. */
const ALARM_PAUSE_MS = 5_000

export type Account = {
  readonly id: string
  readonly registryId: string
  readonly clid: string
  readonly ourClids: ReadonlySet<string>
  readonly sessionsMax: number
  readonly commandsPerSecondMax: number
}

export type Fight = {
  readonly ctx: Context
  readonly log: Logger
  readonly account: Account
  readonly rule: PlanRule
  readonly board: Board
  readonly pool: RegistrarPool
  readonly lease: HeldLease
  readonly evidence: Evidence
  readonly settler: Settler
  readonly registryNowMs: () => RegistryMs
  readonly newClTRID: () => string
  readonly newAuthInfo: () => string
}

/** Sends until the signal aborts, from as many senders as there are sessions. What is under way is waited for. */
export async function fight(on: Fight, signal: AbortSignal): Promise<void> {
  await Promise.all(Array.from({ length: on.account.sessionsMax }, () => sendUntil(on, signal)))
}

async function sendUntil(on: Fight, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const choice = chooseNext(on.board.all(), on.rule, on.registryNowMs())
    if (choice.kind === 'wait') {
      await on.board.changed(Math.max(1, choice.untilMs - on.registryNowMs()), signal)
      continue
    }
    const slot = await slotOf(on, signal)
    if (slot === undefined) continue
    const alarm = await useSlot(on, slot)
    if (alarm) await on.board.changed(ALARM_PAUSE_MS, signal)
  }
}

async function slotOf(on: Fight, signal: AbortSignal): Promise<Slot | undefined> {
  try {
    return await on.pool.acquire({ signal, timeoutMs: SLOT_WAIT_MS_MAX })
  } catch (error) {
    if (signal.aborted || (error instanceof NoSlot && error.reason === 'timed_out')) return undefined
    throw error
  }
}

/** The name is chosen now that the slot is there, and the lease is asked last of all. Returns whether to pause. */
async function useSlot(on: Fight, slot: Slot): Promise<boolean> {
  using held = slot
  const choice = chooseNext(on.board.all(), on.rule, on.registryNowMs())
  if (choice.kind === 'wait' || !on.lease.maySend()) return false
  on.board.put({ ...choice.target, busy: true })
  const sentMs = on.registryNowMs()
  const { lesson, code, clTRID } = await send(on, held, choice, sentMs)
  on.board.put(withFireBegun(lesson.target, on.board.get(lesson.target.id)))
  if (lesson.decision !== undefined) settle(on, lesson, code, clTRID)
  if (lesson.alarm !== undefined) on.log.error({ event: 'account.alarm', alarm: lesson.alarm, code })
  return lesson.alarm !== undefined
}

/** The fire may have begun while the preparation's answer was under way. */
function withFireBegun(learned: Target, current: Target | undefined): Target {
  const begun = learned.phase === 'waiting' && current?.phase === 'firing'
  return begun ? { ...learned, phase: 'firing' } : learned
}

type Learned = { readonly lesson: Lesson; readonly code: number | null; readonly clTRID: string }

async function send(on: Fight, slot: Slot, action: Action, sentMs: RegistryMs): Promise<Learned> {
  const { target } = action
  const clTRID = on.newClTRID()
  const about = { targetId: target.id, registryAccountId: on.account.id, command: action.kind }
  const onSend = (sent: Sent) => {
    if (!on.lease.maySend()) throw new Error('the lease is over') // and nothing is sent
    on.evidence.sent(attemptSent(about, sent))
  }
  if (action.kind === 'create') {
    const order = { name: target.name, clTRID, years: 1, authInfo: on.newAuthInfo() } as const
    const answer = await slot.create(order, onSend)
    keep(on, attemptDone(about, answer))
    const verdict = interpretCreate(answer, target.name)
    return { lesson: learnFromCreate(target, verdict, sentMs), code: codeOf(answer), clTRID }
  }
  const answer = await slot.info(target.name, clTRID, onSend)
  keep(on, attemptDone(about, answer))
  const priorCrDate = target.prior.kind === 'known' ? (target.prior.crDate ?? undefined) : undefined
  const facts = { ourClids: on.account.ourClids, priorCrDate, armedAt: target.armedAt }
  const verdict = decideByInfo(answer, target.name, facts)
  const learn = target.phase === 'waiting' ? learnFromPreparation : learnFromInfo
  return { lesson: learn(target, verdict, sentMs, answer), code: codeOf(answer), clTRID }
}

function keep(on: Fight, attempt: Attempt | undefined): void {
  if (attempt !== undefined) on.evidence.done(attempt)
}

function codeOf(answer: { readonly kind: string; readonly code?: number }): number | null {
  return answer.code ?? null
}

function settle(on: Fight, { target, decision }: Lesson, code: number | null, clTRID: string): void {
  if (decision === undefined) return
  const common = {
    targetId: target.id,
    listingId: target.listingId,
    registryAccountId: on.account.id,
    code,
    decidingClTRID: clTRID,
    attempts: on.evidence.takeOf(target.id),
  }
  const settlement =
    decision.outcome === 'registered'
      ? {
          ...common,
          outcome: decision.outcome,
          crDate: decision.crDate,
          exDate: decision.exDate,
          holderClid: on.account.clid,
        }
      : { ...common, outcome: decision.outcome, holderClid: decision.holderClid }
  on.settler.settle(settlement, () => on.board.remove(target.id))
}
