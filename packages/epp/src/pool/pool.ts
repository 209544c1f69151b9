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
import { measureClock } from './clock.ts'
import type { Failures } from './failures.ts'
import type { NameGaps } from './limits.ts'
import { contactsOver, hostsOver, messagesOver } from './objects.ts'
import type { Relief } from './session-rotation.ts'
import { type Crew, logOutWhenFree } from './session-supervisor.ts'
import type { Slot } from './slot.ts'
import { type AcquireOptions, type Desk, NoSlot } from './slot-queue.ts'

/** A session is looked after this often within the silence that it may keep. */
export const LOOKS_PER_SILENCE = 4

/** How soon a hello that found no slot is tried again. */
const HELLO_RETRY_MS = 50

type PoolParts = {
  readonly clock: Clock
  readonly crew: Crew<Session>
  readonly desk: Desk
  readonly relief: Relief<Session>
  readonly names: NameGaps
  readonly failures: Failures
  maySend(): boolean
  /** Where the registry has several products, by zone. */
  readonly subProducts: SubProducts | undefined
  /** How long a session may be silent. */
  readonly helloAfterMs: number
  /** How often sessions are looked after: that none is silent, or lives, for too long. */
  readonly lookEveryMs: number
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

/** What the registry's greeting offered of the fee extension. */
type FeeSupport = {
  /** The version that commands and answers are in, by its namespace. Absent: none, and no cap can be told. */
  readonly version?: string
  /** Everything that the greeting offered, drafts that we do not speak among it. */
  readonly offered: readonly string[]
}

/** The registrar port over a pool of sessions, and the slots by which a catcher chooses at the last moment. */
export class RegistrarPool implements Registrar {
  readonly contacts: ContactRegistrar
  readonly hosts: HostRegistrar
  readonly messages: MessageQueue
  readonly #parts: PoolParts
  readonly #send: Send = this.send.bind(this)
  #feeSupport: FeeSupport = { offered: [] }
  #cancelLooks: (() => void) | undefined
  #closing: Promise<void> | undefined

  constructor(parts: PoolParts) {
    this.#parts = parts
    this.contacts = contactsOver(this.#send)
    this.hosts = hostsOver(this.#send, parts.subProducts)
    this.messages = messagesOver(this.#send)
    this.#lookAfter()
  }

  /** Waits for the right to send one command. Rejects with `NoSlot`, or with the signal's reason. */
  acquire(options?: AcquireOptions): Promise<Slot> {
    return this.#parts.desk.acquire(options)
  }

  /** A slot, when there is one now and nobody waits. */
  tryAcquire(): Slot | undefined {
    return this.#parts.desk.tryAcquire()
  }

  /** When the next slot is due (monotonic ms): not after now when there is one, `Infinity` when no session is free. */
  nextSlotAtMs(): number {
    return this.#parts.desk.nextSlotAtMs()
  }

  /** From when on a command about `name` keeps the account's gap (monotonic ms). */
  nameReadyAtMs(name: string): number {
    return this.#parts.names.readyAtMs(name)
  }

  /** How many more creates the 24-hour budget of failures allows; `Infinity` without one. */
  failedCreatesLeft(): number {
    return this.#parts.failures.left()
  }

  /** When that budget has room for a create (monotonic ms): not after now when it has. */
  failedCreatesFreeAtMs(): number {
    return this.#parts.failures.freeAtMs()
  }

  /**
   * Whether creates and renewals can carry a cap at this registry, by the sessions that are open, or that were last: where one
   * of them has no fee extension, there is none. Without a version, what carries a cap is `not_sent`.
   */
  feeSupport(): FeeSupport {
    const sessions = [...this.#parts.crew.sessions]
    const lacking = sessions.find(({ dialect }) => dialect.fee === undefined)
    const session = lacking ?? sessions[0]
    if (session === undefined) return this.#feeSupport
    const { fee } = session.dialect
    const offered = offeredFees(session.greeting?.extensions ?? [])
    this.#feeSupport = { offered, ...(fee && { version: fee.uri }) }
    return this.#feeSupport
  }

  /**
   * Replaces, one after the other, every session whose age or number of commands would run out before `windowEndsAtMs`
   * (monotonic), and from then until the end of the window none that may still serve. To be called minutes before a drop.
   */
  prepareFor(windowEndsAtMs: number): Promise<void> {
    return this.#parts.relief.prepareFor(windowEndsAtMs)
  }

  status(): PoolStatus {
    const { crew, desk } = this.#parts
    return {
      ...crew.counted,
      waiting: desk.waiting,
      ...(crew.stopped !== undefined && { stopped: crew.stopped }),
    }
  }

  /**
   * Sends any command as soon as the gaps of its objects are over and there is a slot; without both in time the answer is
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

  /** Registry clock minus ours. Rejects with `NoSlot` without a session, with `RangeError` when no hello told the time. */
  measureClock(): Promise<ClockOffset> {
    return measureClock(() => this.acquire({ timeoutMs: this.#parts.slotMsMax }))
  }

  /**
   * Logs out what can be logged out within the rate and `closeMsMax`, ends the rest. Where nothing may be sent any more, all
   * ends at once. Never rejects.
   */
  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  /** Waits for the gaps of some objects, or not at all when that would take longer than a slot may. */
  async #gapsOver(objects: readonly string[]): Promise<void> {
    const { clock, names, slotMsMax } = this.#parts
    const overAtMs = Math.max(-Infinity, ...objects.map((object) => names.readyAtMs(object)))
    const waitMs = overAtMs - clock.nowMs()
    if (waitMs <= 0 || waitMs > slotMsMax) return
    const { promise, resolve } = Promise.withResolvers<void>()
    clock.after(Math.ceil(waitMs), resolve)
    await promise
    // A timer may come a fraction of a millisecond early, and the gap is kept to the fraction.
    return this.#gapsOver(objects)
  }

  async #close(): Promise<void> {
    const { crew, desk, maySend, closeMsMax } = this.#parts
    this.#cancelLooks?.()
    desk.close('the pool was closed')
    const sessions = [...crew.sessions]
    crew.stop('the pool was closed')
    if (maySend())
      await Promise.all(sessions.map((session) => logOutWhenFree(session, this.#parts, closeMsMax)))
    else for (const session of sessions) session.end('nothing may be sent any more')
    await Promise.all(sessions.map((session) => session.gone))
  }

  /**
   * From time to time: a hello on every session that would otherwise be silent for too long before the next look, in spare
   * slots only, and the replacement of sessions that grow old. What found no slot is looked after again soon: the rate has
   * one for each session in turn, and not for all at once.
   */
  #lookAfter(delayMs = this.#parts.lookEveryMs): void {
    this.#cancelLooks = this.#parts.clock.after(delayMs, () => {
      this.#parts.relief.look()
      if (this.#greetSilent()) this.#lookAfter()
      else this.#lookAfter(HELLO_RETRY_MS)
    })
  }

  /** Whether every session that was silent for long was greeted. */
  #greetSilent(): boolean {
    const { clock, crew, desk, helloAfterMs } = this.#parts
    const silentMs = helloAfterMs * (1 - 1 / LOOKS_PER_SILENCE)
    let all = true
    for (const session of crew.sessions) {
      if (clock.nowMs() - session.lastSentAtMs < silentMs) continue
      const slot = desk.tryAcquire(session)
      if (slot === undefined) all = false
      else void slot.hello()
    }
    return all
  }
}
