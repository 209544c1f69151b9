import type { RegistrarPool } from '@droplock/epp/pool/pool'
import type { Slot } from '@droplock/epp/pool/slot'
import { NoSlot } from '@droplock/epp/pool/slot-queue'
import type { Answer } from '@droplock/rules/ports/registrar'
import { pause } from '../loops.ts'
import { type Action, type Choice, chooseNext, needsInfo, type Sends } from '../plan/choose-next.ts'
import type { Observation } from '../plan/observe.ts'
import { isProbing, type RegistryMs, type Target } from '../plan/target.ts'
import type { LeasedAccount } from './leased-account.ts'
import { planFactsOf } from './leased-account.ts'
import { report, stopsAccount } from './report.ts'
import { type Exchange, send } from './send.ts'

/** Longest wait of a sender for a slot, or for the renewal of the lease, before it checks again. */
const SLOT_WAIT_MS_MAX = 1_000
const LEASE_WAIT_MS_MAX = 250

/**
 * Bounds of the pause after a command that could not be sent. Without a pause all senders would choose the same name again at
 * once, and the process could do nothing else.
 */
const UNSENT_PAUSE_MS_MIN = 5
const UNSENT_PAUSE_MS_MAX = 1_000

/** Pause of all sending after an issue of the whole account: only an operator can solve it. */
const ALARM_PAUSE_MS = 5_000

/** The sessions that a catch loop uses, and what it sends. */
type Senders = {
  readonly pool: RegistrarPool
  readonly sends: Sends
  /** The number of senders: one for each session. */
  readonly count: number
}

/** Sends until the signal aborts, then waits for commands in flight. */
export async function runCatchLoop(
  leased: LeasedAccount,
  senders: Senders,
  signal: AbortSignal,
): Promise<void> {
  await Promise.all(Array.from({ length: senders.count }, () => sendUntil(leased, senders, signal)))
}

/** Every turn waits for an answer, a slot or a timer. */
async function sendUntil(leased: LeasedAccount, senders: Senders, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    if (!leased.lease.maySend()) {
      await leased.lease.renewed(LEASE_WAIT_MS_MAX, signal)
      continue
    }
    const choice = choose(leased, senders)
    if (choice.kind === 'wait') {
      await leased.store.changed(Math.max(1, choice.untilMs - leased.registryNowMs()), signal)
      continue
    }
    const slot = await slotOf(senders, signal)
    if (slot === undefined) continue
    const pauseMs = await useSlot(leased, senders, slot)
    if (pauseMs > 0) await pause(pauseMs, signal)
  }
}

function choose(leased: LeasedAccount, { sends }: Senders): Choice {
  return chooseNext(leased.store.all(), leased.rule, planFactsOf(leased, sends), leased.registryNowMs())
}

async function slotOf({ pool }: Senders, signal: AbortSignal): Promise<Slot | undefined> {
  try {
    return await pool.acquire({ signal, timeoutMs: SLOT_WAIT_MS_MAX })
  } catch (error) {
    if (signal.aborted || (error instanceof NoSlot && error.reason === 'timed_out')) return undefined
    throw error
  }
}

/** Chooses the name now that there is a slot, and checks the lease last. Returns how long to pause, in milliseconds. */
async function useSlot(leased: LeasedAccount, senders: Senders, slot: Slot): Promise<number> {
  using held = slot
  const choice = choose(leased, senders)
  if (choice.kind === 'wait' || !leased.lease.maySend()) return 0
  leased.store.put({ ...choice.target, busy: true })
  leased.leaseState.sinceInfo = needsInfo(choice.target) ? 0 : leased.leaseState.sinceInfo + 1
  const sentMs = leased.registryNowMs()
  noteProbe(leased, choice, sentMs)
  const exchange = await send(leased, held, choice, sentMs)
  const { observed, answer } = exchange
  leased.store.put(withNews(observed.target, leased.store.get(observed.target.id)))
  if (observed.decision !== undefined) settle(leased, observed, exchange)
  report(leased, exchange)
  return stopsAccount(observed) ? ALARM_PAUSE_MS : unsentPauseMs(answer, leased.monotonicMs())
}

/** Before it is sent, so that no other sender sends one at the same time. */
function noteProbe(
  { leaseState, measureProbe }: LeasedAccount,
  { target, kind }: Action,
  sentMs: RegistryMs,
): void {
  if (!isProbing(target, sentMs)) return
  measureProbe(kind)
  if (target.due !== null) return
  leaseState.lastProbeMs = sentMs
  if (kind === 'create') leaseState.lastProbeCreateMs = sentMs
}

function unsentPauseMs(answer: Answer<unknown>, nowMs: number): number {
  if (answer.kind !== 'not_sent') return 0
  const waitMs = (answer.retryAtMs ?? nowMs) - nowMs
  return Math.min(UNSENT_PAUSE_MS_MAX, Math.max(UNSENT_PAUSE_MS_MIN, waitMs))
}

/** Firing may have begun while the preparation's answer was in flight, or the drop may have been stopped. */
function withNews(observed: Target, current: Target | undefined): Target {
  const stopped = current?.stopped ?? false
  const begun = observed.phase === 'waiting' && current?.phase === 'firing'
  return begun ? { ...observed, stopped, phase: 'firing' } : { ...observed, stopped }
}

/** Which of our accounts holds a name that `info` showed to be ours. */
function holderOf({ leaseState }: LeasedAccount, clid: string | null): string | undefined {
  return clid === null ? undefined : leaseState.ours.get(clid)
}

/** The answer that decided a target: its EPP result code, its command, and what the registry charged. */
type DecidedBy = Partial<Pick<Exchange, 'code' | 'clTRID' | 'charged'>>

/** Hands a decided target to the outcome recorder. `by` is empty when no EPP command decided it. */
export function settle(leased: LeasedAccount, { target, decision }: Observation, by: DecidedBy = {}): void {
  if (decision === undefined) return
  const common = {
    targetId: target.id,
    listingId: target.listingId,
    arming: target.arming,
    registryAccountId: leased.account.id,
    // A fee check explains the refusal before it, whose code counts.
    code: (decision.basis === 'fee_check' ? target.createRetry?.code : undefined) ?? by.code ?? null,
    basis: decision.basis,
    decidingClTRID: by.clTRID,
    holderCrDate: decision.holderCrDate,
    clockOffsetMs: leased.registryNowMs() - leased.unixMs(),
    attempts: leased.evidence.takeOf(target.id),
  }
  const settlement =
    decision.outcome === 'registered'
      ? {
          ...common,
          outcome: decision.outcome,
          crDate: decision.crDate,
          exDate: decision.exDate,
          charged: by.charged,
          holderClid: decision.holderClid ?? leased.account.clid,
          heldBy: holderOf(leased, decision.holderClid),
        }
      : { ...common, outcome: decision.outcome, holderClid: decision.holderClid }
  leased.outcomeRecorder.record(settlement, () => leased.store.remove(target.id))
}
