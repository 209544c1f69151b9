import type { RegistrarPool } from '@droplock/epp/pool/pool'
import type { Slot } from '@droplock/epp/pool/slot'
import type { Answer } from '@droplock/rules/ports/registrar'
import { WakeUp } from '../loops.ts'
import type { Observation } from '../plan/observe.ts'
import { Plan } from '../plan/plan.ts'
import type { Action, Choice, PlanFacts, Sends } from '../plan/ready-at.ts'
import { isProbing, type RegistryMs, type Target } from '../plan/target.ts'
import type { LeasedAccount } from './leased-account.ts'
import { planFactsOf } from './leased-account.ts'
import { report, stopsAccount } from './report.ts'
import { type Exchange, send } from './send.ts'

/** Longest wait before the loop looks again: for the renewal of the lease, and for what nothing announces. */
const LEASE_WAIT_MS_MAX = 250
const WAIT_MS_MAX = 1_000

/** A timer may fire a millisecond late, so the rest of the wait for an exact time is spent in turns of the event loop. */
const SPIN_MS = 1.5

/**
 * Bounds of the pause after a command that could not be sent. Without a pause the same name would be chosen again at once, and the
 * process could do nothing else.
 */
const UNSENT_PAUSE_MS_MIN = 5
const UNSENT_PAUSE_MS_MAX = 1_000

/** With long round trips creates of one name are sent on several sessions, so that one arrives soon after its release. */
const CREATES_IN_FLIGHT_MAX = 3

/** Pause of all sending after an issue of the whole account: only an operator can solve it. */
const ALARM_PAUSE_MS = 5_000

/** The sessions that a catch loop uses, and what it sends. */
type Senders = {
  readonly pool: RegistrarPool
  readonly sends: Sends
  /** What the pool's limits allow for long: at a registry with separate hosts, its part of the account's. */
  readonly commandsPerSecondMax: number
}

/** Sends until the signal aborts, then waits for commands in flight. Rejects when a slot can't be used at all. */
export async function runCatchLoop(
  leased: LeasedAccount,
  senders: Senders,
  signal: AbortSignal,
): Promise<void> {
  const sender = new Sender(leased, senders)
  const wake = () => sender.wakeUp.wake()
  signal.addEventListener('abort', wake, { once: true })
  const endings = [leased.store.follow(sender), senders.pool.onChange(wake)]
  try {
    while (!signal.aborted) await sender.turn(signal)
  } finally {
    for (const end of endings) end()
    signal.removeEventListener('abort', wake)
    await sender.answered()
  }
}

/** Gives free slots to the commands that the plan chooses. */
class Sender {
  readonly wakeUp = new WakeUp()
  readonly #leased: LeasedAccount
  readonly #senders: Senders
  readonly #plan: Plan
  readonly #inFlight = new Set<Promise<void>>()
  #pausedUntilMs = -Infinity
  #failure: { readonly error: unknown } | undefined

  constructor(leased: LeasedAccount, senders: Senders) {
    this.#leased = leased
    this.#senders = senders
    this.#plan = new Plan(leased.rule)
  }

  put(target: Target): void {
    this.#plan.put(target)
    this.wakeUp.wake()
  }

  remove(id: string): void {
    this.#plan.remove(id)
    this.wakeUp.wake()
  }

  learn(...seen: Parameters<Plan['learn']>): void {
    this.#plan.learn(...seen)
  }

  /** Resolves when no command is in flight. */
  async answered(): Promise<void> {
    await Promise.all(this.#inFlight)
  }

  /** Sends what can be sent now, and waits until there may be more. */
  async turn(signal: AbortSignal): Promise<void> {
    const { lease, monotonicMs } = this.#leased
    if (this.#failure !== undefined) throw this.#failure.error
    if (!lease.maySend()) return lease.renewed(LEASE_WAIT_MS_MAX, signal)
    const pausedMs = this.#pausedUntilMs - monotonicMs()
    if (pausedMs > 0) return this.wakeUp.wait(Math.min(pausedMs, WAIT_MS_MAX))
    const { pool } = this.#senders
    if (pool.nextSlotAtMs('none') > monotonicMs()) return this.#waitForSlot('none')
    const facts = planFactsOf(this.#leased, this.#senders)
    const choice = this.#plan.choose(facts, this.#leased.arrivalNowMs())
    if (choice.kind === 'wait') return this.#waitFor(choice)
    const slot = choice.isUrgent ? pool.acquireNow() : pool.tryAcquire()
    if (slot === undefined) return this.#waitForSlot(choice.isUrgent ? 'none' : 'even')
    this.#use(slot, choice, facts)
  }

  /** A session that becomes free wakes the loop; the rate frees itself with time. */
  #waitForSlot(spacing: 'none' | 'even'): Promise<void> {
    const inMs = this.#senders.pool.nextSlotAtMs(spacing) - this.#leased.monotonicMs()
    return this.wakeUp.wait(Math.max(1, Math.min(inMs, WAIT_MS_MAX)))
  }

  async #waitFor({ untilMs, isExact }: Extract<Choice, { kind: 'wait' }>): Promise<void> {
    const { arrivalNowMs } = this.#leased
    const inMs = untilMs - arrivalNowMs()
    if (isExact && inMs <= SPIN_MS + 1) return this.wakeUp.spin(() => arrivalNowMs() >= untilMs)
    return this.wakeUp.wait(Math.min(WAIT_MS_MAX, Math.max(1, isExact ? inMs - SPIN_MS : inMs)))
  }

  /** The lease was checked just now, and is checked again when the command is written. */
  #use(slot: Slot, action: SendChoice, facts: PlanFacts): void {
    const sentMs = this.#leased.arrivalNowMs()
    this.#plan.sent(action, sentMs, facts)
    this.#leased.store.put(sending(action))
    noteProbe(this.#leased, action, sentMs)
    const exchanging = this.#exchange(slot, action, sentMs)
      .catch((error: unknown) => {
        this.#failure = { error }
      })
      .finally(() => {
        this.#inFlight.delete(exchanging)
        this.wakeUp.wake()
      })
    this.#inFlight.add(exchanging)
  }

  async #exchange(held: Slot, action: Action, sentMs: RegistryMs): Promise<void> {
    using slot = held
    const leased = this.#leased
    const exchange = await send(leased, slot, action, sentMs)
    if (exchange === undefined) return
    const { observed, answer, seen } = exchange
    const { target } = observed
    if (seen !== undefined) leased.store.learn(target.id, seen)
    if (answer.kind === 'not_sent')
      leased.store.put(hold(leased.store.get(target.id) ?? target, answer, leased))
    if (observed.decision !== undefined) settle(leased, observed, exchange)
    report(leased, exchange)
    if (stopsAccount(observed)) this.#pausedUntilMs = leased.monotonicMs() + ALARM_PAUSE_MS
  }
}

type SendChoice = Exclude<Choice, { kind: 'wait' }>

/** The target while the command is in flight. */
function sending({ kind, target, mayOverlap = false }: SendChoice): Target {
  const creating = target.creating + (kind === 'create' ? 1 : 0)
  return { ...target, creating, busy: !mayOverlap || creating >= CREATES_IN_FLIGHT_MAX }
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

/** The name is tried again a little later, other names meanwhile. */
function hold(
  target: Target,
  { retryAtMs }: Extract<Answer<unknown>, { kind: 'not_sent' }>,
  { arrivalNowMs, monotonicMs }: LeasedAccount,
): Target {
  const waitMs = (retryAtMs ?? -Infinity) - monotonicMs()
  const pauseMs = Math.min(UNSENT_PAUSE_MS_MAX, Math.max(UNSENT_PAUSE_MS_MIN, waitMs))
  return { ...target, heldUntilMs: arrivalNowMs() + pauseMs }
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
    clockErrorMs: leased.clockErrorMs(),
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
