import type {
  Answer,
  Availability,
  ClockOffset,
  CreateDomain,
  Created,
  DomainInfo,
  NotSent,
  Registrar,
} from '@droplock/rules/ports/registrar'
import type { Clock } from '../clock.ts'
import type { Session } from '../session/session.ts'
import { type ClockSample, clockOffset } from './clock-offset.ts'
import type { Crew } from './crew.ts'
import { type AcquireOptions, type Desk, NoSlot } from './desk.ts'
import type { FailedCreates } from './failed-creates.ts'
import type { NameGaps } from './name-gaps.ts'
import type { OnSend, Slot } from './slot.ts'

/** Hellos per clock measurement: their bounds are intersected. */
const CLOCK_SAMPLES = 5

/** How often a closing pool looks whether a session may log out. */
const LOGOUT_RETRY_MS = 10

export type PoolParts = {
  readonly clock: Clock
  readonly crew: Crew<Session>
  readonly desk: Desk
  readonly names: NameGaps
  readonly failedCreates: FailedCreates
  readonly idleMsMax: number
  /** How long the port's own methods wait for a slot. */
  readonly slotMsMax: number
  readonly closeMsMax: number
}

export type PoolStatus = {
  readonly ready: number
  readonly opening: number
  readonly leaving: number
  readonly waiting: number
  readonly stopped?: string
}

/** The registrar port over a pool of sessions, and the slots by which a catcher chooses at the last moment. */
export class RegistrarPool implements Registrar {
  readonly #parts: PoolParts
  #cancelKeepAlive: (() => void) | undefined
  #closing: Promise<void> | undefined

  constructor(parts: PoolParts) {
    this.#parts = parts
    this.#keepAlive()
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
    return this.#parts.failedCreates.left()
  }

  status(): PoolStatus {
    const { crew, desk } = this.#parts
    return {
      ...crew.counted,
      waiting: desk.waiting,
      ...(crew.stopped !== undefined && { stopped: crew.stopped }),
    }
  }

  create(order: CreateDomain, onSend?: OnSend): Promise<Answer<Created>> {
    return this.#withSlot((slot) => slot.create(order, onSend))
  }

  info(name: string, clTRID: string): Promise<Answer<DomainInfo>> {
    return this.#withSlot((slot) => slot.info(name, clTRID))
  }

  check(names: readonly string[], clTRID: string): Promise<Answer<readonly Availability[]>> {
    return this.#withSlot((slot) => slot.check(names, clTRID))
  }

  /** Registry clock minus ours. Rejects with `NoSlot` without a session, with `RangeError` when no hello told the time. */
  async measureClock(): Promise<ClockOffset> {
    const samples: ClockSample[] = []
    for (let round = 0; round < CLOCK_SAMPLES; round += 1) {
      using slot = await this.acquire({ timeoutMs: this.#parts.slotMsMax })
      const exchange = await slot.hello()
      if (exchange.kind !== 'answered' || exchange.message.kind !== 'greeting') continue
      const { serverDate } = exchange.message.greeting
      if (serverDate === undefined) continue
      const { sentAtMs, answeredAtMs, sentAt } = exchange
      const { date, resolutionMs } = serverDate
      const sentAtUnixMs = sentAt.getTime()
      samples.push({ sentAtMs, answeredAtMs, sentAtUnixMs, serverUnixMs: date.getTime(), resolutionMs })
    }
    return clockOffset(samples)
  }

  /** Logs out what can be logged out within the rate and `closeMsMax`, ends the rest. Never rejects. */
  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    const { crew, desk, clock, closeMsMax } = this.#parts
    this.#cancelKeepAlive?.()
    desk.close('the pool was closed')
    const sessions = [...crew.sessions]
    crew.stop('the pool was closed')
    const late = new AbortController()
    const cancel = clock.after(closeMsMax, () => late.abort())
    await Promise.all(sessions.map((session) => this.#logOut(session, late.signal)))
    cancel()
    for (const session of sessions) session.end('the pool was closed')
    await Promise.all(sessions.map((session) => session.gone))
  }

  /** Logs out as soon as the session is free and the rate allows it, unless it gets late. */
  async #logOut(session: Session, late: AbortSignal): Promise<void> {
    while (!late.aborted && session.state !== 'closed') {
      const slot = this.#parts.desk.tryAcquire(session)
      if (slot !== undefined) return slot.logOut()
      const { promise, resolve } = Promise.withResolvers<void>()
      this.#parts.clock.after(LOGOUT_RETRY_MS, resolve)
      await promise
    }
  }

  async #withSlot<Data>(use: (slot: Slot) => Promise<Answer<Data>>): Promise<Answer<Data>> {
    try {
      using slot = await this.acquire({ timeoutMs: this.#parts.slotMsMax })
      return await use(slot)
    } catch (error) {
      if (error instanceof NoSlot) return { kind: 'not_sent', reason: error.message } satisfies NotSent
      throw error
    }
  }

  /** A hello on every session that was silent for nearly half of the registry's patience, in spare slots only. */
  #keepAlive(): void {
    const { clock, crew, desk, idleMsMax } = this.#parts
    const tickMs = idleMsMax / 8
    this.#cancelKeepAlive = clock.after(tickMs, () => {
      this.#keepAlive()
      for (const session of crew.sessions) {
        if (clock.nowMs() - session.lastSentAtMs < idleMsMax / 2 - tickMs) continue
        void desk.tryAcquire(session)?.hello()
      }
    })
  }
}
