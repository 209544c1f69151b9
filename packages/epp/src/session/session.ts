import { next } from '@droplock/rules/machines/machine'
import type { Clock } from '../clock.ts'
import type { CommandName } from '../commands/command.ts'
import { helloXml, logoutXml } from '../commands/session.ts'
import { encodeFrame } from '../framing.ts'
import type { Greeting } from '../responses/greeting.ts'
import { Conversation } from './conversation.ts'
import {
  type Dialect,
  PLAIN,
  type SessionEvent,
  type SessionPhase,
  type SessionState,
  sessionMachine,
} from './dialect.ts'
import type { Exchange, Request } from './exchange.ts'
import type { Wire, WireEvents, WireTimes } from './wire.ts'

export type SessionTimes = WireTimes & {
  readonly greetingMsMax: number
  /** Password hashing alone was seen to take 140 ms. */
  readonly loginMsMax: number
  /** After it a command counts as unanswered, and the session is given up. */
  readonly answerMsMax: number
}

/** Called with the exchange of every command, including login, hello and logout. */
export type OnExchange = (name: CommandName, exchange: Exchange) => void

type SessionParts = {
  readonly clock: Clock
  readonly newClTRID: () => string
  /** Checked before every frame. Default: always. */
  maySend?(): boolean
  readonly onExchange?: OnExchange | undefined
  onEnd(session: Session, reason: string, code?: number): void
}

const HELLO = encodeFrame(helloXml())

/** One EPP session on one TLS connection, from connecting to closed. `openSession` creates it. */
export class Session implements WireEvents {
  readonly #times: SessionTimes
  readonly #parts: SessionParts
  readonly #conversation: Conversation
  readonly #gone = Promise.withResolvers<void>()
  #state: SessionPhase = 'connecting'
  #wire: Wire | undefined
  #greeting: Greeting | undefined
  #opening: Exchange | undefined
  #dialect: Dialect = PLAIN
  #loggedInAtMs = Infinity

  constructor(config: { readonly times: SessionTimes; readonly windowMax: number }, parts: SessionParts) {
    this.#times = config.times
    this.#parts = parts
    this.#conversation = new Conversation({
      clock: parts.clock,
      windowMax: config.windowMax,
      maySend: () => parts.maySend?.() ?? true,
      onEnd: (reason, code) => this.#over(reason, code),
    })
  }

  get state(): SessionState {
    const { inFlight } = this.#conversation
    return this.#state === 'ready' && inFlight > 0 ? 'busy' : this.#state
  }

  get greeting(): Greeting | undefined {
    return this.#greeting
  }

  /** How the registry's greeting came, from the beginning of the connection. */
  get opening(): Exchange | undefined {
    return this.#opening
  }

  get lastSentAtMs(): number {
    return this.#conversation.lastSentAtMs
  }

  get dialect(): Dialect {
    return this.#dialect
  }

  /** When its age began to count; `Infinity` before the login. */
  get loggedInAtMs(): number {
    return this.#loggedInAtMs
  }

  /** How many commands were sent on it, including the login. */
  get commands(): number {
    return this.#conversation.sent
  }

  /** Resolves when the registry has closed the connection, or after `closeMsMax`. Until then the session counts as open. */
  get gone(): Promise<void> {
    return this.#gone.promise
  }

  connected(wire: Wire): void {
    this.#wire = wire
    this.#conversation.attach(wire)
    if (this.#state === 'closed') return this.#forget()
    this.#move('connect')
  }

  awaitGreeting(): Promise<Exchange> {
    return this.#conversation.awaitGreeting(this.#times.connectMsMax + this.#times.greetingMsMax)
  }

  /** `opening`: how the greeting came. */
  greeted(greeting: Greeting, opening: Exchange): void {
    this.#greeting = greeting
    this.#opening = opening
    this.#move('greet')
  }

  loggedIn(dialect: Dialect): void {
    this.#dialect = dialect
    this.#loggedInAtMs = this.#parts.clock.nowMs()
    this.#move('log_in')
  }

  /** Every command is sent through this method. */
  async request(name: CommandName, request: Request): Promise<Exchange> {
    const exchange = await this.#conversation.request(request)
    this.#parts.onExchange?.(name, exchange)
    return exchange
  }

  /** Asks for a greeting, which keeps the session alive and contains the registry's time. Only after login. RFC 5730 §2.3. */
  hello(onSend?: Request['onSend']): Promise<Exchange> {
    const timeoutMs = this.#times.answerMsMax
    return this.request('hello', {
      frame: HELLO,
      clTRID: '',
      expects: 'greeting',
      timeoutMs,
      ...(onSend && { onSend }),
    })
  }

  /** Logs out and ends. Never rejects. */
  async logOut(onSend?: Request['onSend']): Promise<void> {
    const clTRID = this.#parts.newClTRID()
    const frame = encodeFrame(logoutXml(clTRID))
    const timeoutMs = this.#times.closeMsMax
    await this.request('logout', {
      frame,
      clTRID,
      expects: 'response',
      timeoutMs,
      ...(onSend && { onSend }),
    })
    this.end('we logged out')
  }

  end(reason: string): void {
    this.#conversation.end(reason)
  }

  onFrame(xml: Buffer): void {
    this.#conversation.receive(xml)
  }

  onOver(reason: string): void {
    this.end(reason)
  }

  #over(reason: string, code?: number): void {
    this.#move('end')
    this.#forget()
    this.#parts.onEnd(this, reason, code)
  }

  #forget(): void {
    if (this.#wire === undefined) this.#gone.resolve()
    else void this.#wire.gone.then(this.#gone.resolve)
  }

  #move(event: SessionEvent): void {
    this.#state = next(sessionMachine, this.#state, event)
  }
}
