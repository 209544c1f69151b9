import type {
  Answer,
  Availability,
  Bare,
  ClockOffset,
  ContactRegistrar,
  CreateDomain,
  Created,
  DomainInfo,
  HostRegistrar,
  MessageQueue,
  NotSent,
  OnSend,
  Registrar,
} from '@droplock/rules/ports/registrar'
import type {
  FeeQuestion,
  FeeQuote,
  RenewDomain,
  Renewed,
  RestoreReport,
  UpdateDomain,
} from '@droplock/rules/ports/registry-objects'
import type { Clock } from '../clock.ts'
import type { Command } from '../commands/command.ts'
import {
  checkDomains,
  deleteDomain,
  infoDomain,
  prepareCreate,
  quoteDomains,
  renewDomain,
  restoreDomain,
  updateDomain,
} from '../commands/domain.ts'
import { offeredFees } from '../extensions/fee.ts'
import type { SubProducts } from '../extensions/namestore.ts'
import type { Session } from '../session/session.ts'
import { type Send, sendByProduct } from './answer.ts'
import { clockOffset, measureClock, sampleOf } from './clock.ts'
import type { Failures } from './failures.ts'
import type { NameGaps, Spacing } from './limits.ts'
import { contactsOver, hostsOver, messagesOver } from './objects.ts'
import type { SessionRotation } from './session-rotation.ts'
import { logOutWhenFree, type SessionSupervisor } from './session-supervisor.ts'
import type { Slot } from './slot.ts'
import { type AcquireOptions, NoSlot, type SlotQueue } from './slot-queue.ts'

/** How often sessions are checked within the time that a session may be silent. */
export const CHECKS_PER_SILENCE = 4

/** When a hello that got no slot is tried again. */
const HELLO_RETRY_MS = 50

type PoolParts = {
  readonly clock: Clock
  readonly supervisor: SessionSupervisor<Session>
  readonly slotQueue: SlotQueue
  readonly rotation: SessionRotation<Session>
  readonly names: NameGaps
  readonly failures: Failures
  maySend(): boolean
  /** The registry's products by zone, where it has several. */
  readonly subProducts: SubProducts | undefined
  /** How long a session may be silent. */
  readonly helloAfterMs: number
  /** How often sessions are checked for silence and age. */
  readonly checkEveryMs: number
  /** How long the port's own methods wait for a slot. */
  readonly slotMsMax: number
  readonly closeMsMax: number
}

type PoolStatus = {
  readonly ready: number
  readonly opening: number
  readonly leaving: number
  readonly waiting: number
  readonly stopped?: string
}

/** The fee extension at this registry. */
type FeeSupport = {
  /** The namespace of the version in use. Absent: there is none, and no command can carry a cap. */
  readonly version?: string
  /** All versions that the greeting offered, including drafts that this client does not support. */
  readonly offered: readonly string[]
}

/** The registrar port over a pool of sessions, and the slots with which a catcher chooses a command at the last moment. */
export class RegistrarPool implements Registrar {
  readonly contacts: ContactRegistrar
  readonly hosts: HostRegistrar
  readonly messages: MessageQueue
  readonly #parts: PoolParts
  readonly #send: Send = this.send.bind(this)
  #feeSupport: FeeSupport = { offered: [] }
  #cancelCheck: (() => void) | undefined
  #closing: Promise<void> | undefined

  constructor(parts: PoolParts) {
    this.#parts = parts
    this.contacts = contactsOver(this.#send)
    this.hosts = hostsOver(this.#send, parts.subProducts)
    this.messages = messagesOver(this.#send)
    this.#checkSessions()
  }

  /** Waits for the right to send one command. Rejects with `NoSlot`, or with the signal's reason. */
  acquire(options?: AcquireOptions): Promise<Slot> {
    return this.#parts.slotQueue.acquire(options)
  }

  /** A slot, if one is free now and nobody waits for it. */
  tryAcquire(): Slot | undefined {
    return this.#parts.slotQueue.tryAcquire()
  }

  /** A slot at once, before everyone who waits, for what is released now; undefined if the limits or the sessions allow none. */
  acquireNow(): Slot | undefined {
    return this.#parts.slotQueue.acquireNow()
  }

  /** When the next slot is free (monotonic ms): not after now if one is free, `Infinity` while no session is free. */
  nextSlotAtMs(spacing?: Spacing): number {
    return this.#parts.slotQueue.nextSlotAtMs(spacing)
  }

  /** How many commands the account's rate has room for now. */
  commandsLeft(): number {
    return this.#parts.slotQueue.commandsLeft()
  }

  /** The share of the account's rate that is free now; where there are limits by the second and by the minute, the smaller. */
  rateLeft(): number {
    return this.#parts.slotQueue.rateLeft()
  }

  /** Calls `run` whenever a session has become free or is gone; the returned function ends that. */
  onChange(run: () => void): () => void {
    return this.#parts.slotQueue.onChange(run)
  }

  /** When the account's gap between commands about `name` is over (monotonic ms). */
  nameReadyAtMs(name: string): number {
    return this.#parts.names.readyAtMs(name)
  }

  /** How many more creates the 24-hour budget of failures allows; `Infinity` without one. */
  failedCreatesLeft(): number {
    return this.#parts.failures.left()
  }

  /** When that budget has room for a create (monotonic ms): not after now if it has room. */
  failedCreatesFreeAtMs(): number {
    return this.#parts.failures.freeAtMs()
  }

  /**
   * Whether creates and renewals can carry a cap at this registry, by the sessions that are open or were open last. If one of
   * them has no fee extension there is no version, and a command with a cap is `not_sent`.
   */
  feeSupport(): FeeSupport {
    const sessions = [...this.#parts.supervisor.sessions]
    const lacking = sessions.find(({ dialect }) => dialect.fee === undefined)
    const session = lacking ?? sessions[0]
    if (session === undefined) return this.#feeSupport
    const { fee } = session.dialect
    const offered = offeredFees(session.greeting?.extensions ?? [])
    this.#feeSupport = { offered, ...(fee && { version: fee.uri }) }
    return this.#feeSupport
  }

  /**
   * Replaces, one at a time, every session that would reach its age or number of commands before `windowEndsAtMs` (monotonic).
   * After that no session that can still serve is replaced until the window ends. To be called minutes before a drop.
   */
  prepareFor(windowEndsAtMs: number): Promise<void> {
    return this.#parts.rotation.prepareFor(windowEndsAtMs)
  }

  status(): PoolStatus {
    const { supervisor, slotQueue } = this.#parts
    return {
      ...supervisor.counted,
      waiting: slotQueue.waiting,
      ...(supervisor.stopped !== undefined && { stopped: supervisor.stopped }),
    }
  }

  /**
   * Sends a command as soon as the gaps of its objects are over and a slot is free. If that takes too long the answer is
   * `not_sent`.
   */
  async send<Data>(command: Command<Data>, clTRID: string, onSend?: OnSend): Promise<Answer<Data>> {
    await this.#gapsOver(command.objects)
    try {
      using slot = await this.acquire({ timeoutMs: this.#parts.slotMsMax })
      return await slot.send(command, clTRID, onSend)
    } catch (error) {
      if (error instanceof NoSlot) return { kind: 'not_sent', reason: error.message } satisfies NotSent
      throw error
    }
  }

  async create(order: CreateDomain, onSend?: OnSend): Promise<Answer<Created>> {
    return this.send(prepareCreate(order), order.clTRID, onSend)
  }

  async info(name: string, clTRID: string): Promise<Answer<DomainInfo>> {
    return this.send(infoDomain(name), clTRID)
  }

  async check(names: readonly string[], clTRID: string): Promise<Answer<readonly Availability[]>> {
    return sendByProduct(this.#send, this.#parts.subProducts, names, checkDomains, clTRID)
  }

  async quote(
    names: readonly string[],
    questions: readonly FeeQuestion[],
    clTRID: string,
  ): Promise<Answer<readonly FeeQuote[]>> {
    const ask = (some: readonly string[]) => quoteDomains(some, questions)
    return sendByProduct(this.#send, this.#parts.subProducts, names, ask, clTRID)
  }

  async renew(order: RenewDomain, onSend?: OnSend): Promise<Answer<Renewed>> {
    return this.send(renewDomain(order), order.clTRID, onSend)
  }

  async update(order: UpdateDomain, onSend?: OnSend): Promise<Answer<Bare>> {
    return this.send(updateDomain(order), order.clTRID, onSend)
  }

  async delete(name: string, clTRID: string, onSend?: OnSend): Promise<Answer<Bare>> {
    return this.send(deleteDomain(name), clTRID, onSend)
  }

  async restore(
    order: { readonly name: string; readonly clTRID: string; readonly report?: RestoreReport },
    onSend?: OnSend,
  ): Promise<Answer<readonly string[]>> {
    return this.send(restoreDomain(order.name, order.report), order.clTRID, onSend)
  }

  /** Registry clock minus ours. Rejects with `NoSlot` without a session, with `RangeError` when no greeting had a time. */
  measureClock(): Promise<ClockOffset> {
    const { clock, slotMsMax } = this.#parts
    return measureClock(clock, () => this.acquire({ timeoutMs: slotMsMax }))
  }

  /**
   * The same by the greetings with which the open sessions began, without asking: the way includes the opening of the connection, so
   * the error is larger. Undefined when no greeting had a time.
   */
  clockOfGreetings(): ClockOffset | undefined {
    const sessions = [...this.#parts.supervisor.sessions]
    const samples = sessions.flatMap(({ opening }) => (opening && sampleOf(opening)) ?? [])
    return samples.length === 0 ? undefined : clockOffset(samples, this.#parts.clock)
  }

  /**
   * Logs out the sessions for which rate and `closeMsMax` allow it, and ends the others. If nothing may be sent any more all
   * sessions end at once. Never rejects.
   */
  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  /** Waits for the gaps of some objects, but not at all when that would take longer than the wait for a slot may. */
  async #gapsOver(objects: readonly string[]): Promise<void> {
    const { clock, names, slotMsMax } = this.#parts
    const overAtMs = Math.max(-Infinity, ...objects.map((object) => names.readyAtMs(object)))
    const waitMs = overAtMs - clock.nowMs()
    if (waitMs <= 0 || waitMs > slotMsMax) return
    const { promise, resolve } = Promise.withResolvers<void>()
    clock.after(Math.ceil(waitMs), resolve)
    await promise
    // A timer may fire a fraction of a millisecond early, and the gap is kept exactly.
    return this.#gapsOver(objects)
  }

  async #close(): Promise<void> {
    const { supervisor, slotQueue, maySend, closeMsMax } = this.#parts
    this.#cancelCheck?.()
    slotQueue.close('the pool was closed')
    const sessions = [...supervisor.sessions]
    supervisor.stop('the pool was closed')
    if (maySend())
      await Promise.all(sessions.map((session) => logOutWhenFree(session, this.#parts, closeMsMax)))
    else for (const session of sessions) session.end('nothing may be sent any more')
    await Promise.all(sessions.map((session) => session.gone))
  }

  /**
   * Checks the sessions after `delayMs`, again and again: sends a hello, in spare slots only, on every session that would
   * otherwise be silent for too long before the next check, and replaces sessions that grow old. When a hello gets no slot the
   * next check comes soon: the rate has room for the sessions in turn, not for all at once.
   */
  #checkSessions(delayMs = this.#parts.checkEveryMs): void {
    this.#cancelCheck = this.#parts.clock.after(delayMs, () => {
      this.#parts.rotation.check()
      if (this.#helloOnSilent()) this.#checkSessions()
      else this.#checkSessions(HELLO_RETRY_MS)
    })
  }

  /** Whether every session that was silent for long got its hello. */
  #helloOnSilent(): boolean {
    const { clock, supervisor, slotQueue, helloAfterMs } = this.#parts
    const silentMs = helloAfterMs * (1 - 1 / CHECKS_PER_SILENCE)
    let all = true
    for (const session of supervisor.sessions) {
      if (clock.nowMs() - session.lastSentAtMs < silentMs) continue
      const slot = slotQueue.tryAcquire(session)
      if (slot === undefined) all = false
      else void slot.hello()
    }
    return all
  }
}
