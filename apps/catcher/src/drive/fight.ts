import { NoSlot } from '@droplock/epp/pool/desk'
import type { Slot } from '@droplock/epp/pool/slot'
import type { Answer } from '@droplock/rules/ports/registrar'
import { pause } from '../board/change.ts'
import { type Choice, chooseNext, isAsked } from '../plan/choose-next.ts'
import type { Lesson } from '../plan/learn.ts'
import type { Target } from '../plan/target.ts'
import type { Fight } from './hold.ts'
import { report, stopsAccount } from './report.ts'
import { type Learned, send } from './send.ts'
import { planFactsOf } from './standing.ts'

/** Longest wait of a sender for a slot, or for the lease to be renewed, before it looks again. */
const SLOT_WAIT_MS_MAX = 1_000
const LEASE_WAIT_MS_MAX = 250

/**
 * After a command that could not be sent, until it may be as far as is known, within these: the other senders have the name back
 * at once, and all of them would go round without ever letting the process do anything else.
 */
const UNSENT_PAUSE_MS_MIN = 5
const UNSENT_PAUSE_MS_MAX = 1_000

/** Pause of all sending after trouble of the whole account: an operator has to act, and hammering helps nobody. */
const ALARM_PAUSE_MS = 5_000

/** Sends until the signal aborts, from as many senders as there are sessions. What is under way is waited for. */
export async function fight(on: Fight, signal: AbortSignal): Promise<void> {
  await Promise.all(Array.from({ length: on.account.sessionsMax }, () => sendUntil(on, signal)))
}

/** Every turn waits for something that takes time: an answer, a slot, or a timer. */
async function sendUntil(on: Fight, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    if (!on.lease.maySend()) {
      await on.lease.renewed(LEASE_WAIT_MS_MAX, signal)
      continue
    }
    const choice = choose(on)
    if (choice.kind === 'wait') {
      await on.board.changed(Math.max(1, choice.untilMs - on.registryNowMs()), signal)
      continue
    }
    const slot = await slotOf(on, signal)
    if (slot === undefined) continue
    const pauseMs = await useSlot(on, slot)
    if (pauseMs > 0) await pause(pauseMs, signal)
  }
}

function choose(on: Fight): Choice {
  return chooseNext(on.board.all(), on.rule, planFactsOf(on), on.registryNowMs())
}

async function slotOf(on: Fight, signal: AbortSignal): Promise<Slot | undefined> {
  try {
    return await on.pool.acquire({ signal, timeoutMs: SLOT_WAIT_MS_MAX })
  } catch (error) {
    if (signal.aborted || (error instanceof NoSlot && error.reason === 'timed_out')) return undefined
    throw error
  }
}

/** The name is chosen now that the slot is there, and the lease is asked last of all. Returns how long to pause. */
async function useSlot(on: Fight, slot: Slot): Promise<number> {
  using held = slot
  const choice = choose(on)
  if (choice.kind === 'wait' || !on.lease.maySend()) return 0
  on.board.put({ ...choice.target, busy: true })
  on.seen.sinceAsked = isAsked(choice.target) ? 0 : on.seen.sinceAsked + 1
  const sentMs = on.registryNowMs()
  const learned = await send(on, held, choice, sentMs)
  const { lesson, answer } = learned
  on.board.put(withFireBegun(lesson.target, on.board.get(lesson.target.id)))
  if (lesson.decision !== undefined) settle(on, lesson, learned)
  report(on, learned)
  return stopsAccount(lesson) ? ALARM_PAUSE_MS : unsentPauseMs(answer, on.monotonicMs())
}

function unsentPauseMs(answer: Answer<unknown>, nowMs: number): number {
  if (answer.kind !== 'not_sent') return 0
  const waitMs = (answer.retryAtMs ?? nowMs) - nowMs
  return Math.min(UNSENT_PAUSE_MS_MAX, Math.max(UNSENT_PAUSE_MS_MIN, waitMs))
}

/** The fire may have begun while the preparation's answer was under way. */
function withFireBegun(learned: Target, current: Target | undefined): Target {
  const begun = learned.phase === 'waiting' && current?.phase === 'firing'
  return begun ? { ...learned, phase: 'firing' } : learned
}

/** What decided a target: the EPP result code, the command that it answered, and what the registry took. */
export type DecidedBy = Partial<Pick<Learned, 'code' | 'clTRID' | 'charged'>>

/** Hands a decided target to the settler; `by` is empty where no EPP command decided it. */
export function settle(on: Fight, { target, decision }: Lesson, by: DecidedBy = {}): void {
  if (decision === undefined) return
  const common = {
    targetId: target.id,
    listingId: target.listingId,
    registryAccountId: on.account.id,
    // A fee check says what the refusal before it meant.
    code: (decision.basis === 'fee_check' ? target.lack?.code : undefined) ?? by.code ?? null,
    basis: decision.basis,
    decidingClTRID: by.clTRID,
    attempts: on.evidence.takeOf(target.id),
  }
  const settlement =
    decision.outcome === 'registered'
      ? {
          ...common,
          outcome: decision.outcome,
          crDate: decision.crDate,
          exDate: decision.exDate,
          charged: by.charged,
          holderClid: on.account.clid,
        }
      : { ...common, outcome: decision.outcome, holderClid: decision.holderClid }
  on.settler.settle(settlement, () => on.board.remove(target.id))
}
