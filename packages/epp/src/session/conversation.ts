import { endsSession } from '@droplock/rules/drop/result-codes'
import type { Sent } from '@droplock/rules/ports/registrar'
import type { Clock } from '../clock.ts'
import { type Message, readMessage } from '../responses/response.ts'
import { CrossCheck, type Exchange, type Request } from './exchange.ts'
import type { Wire } from './wire.ts'

/** Commands that wait for room in the window. The pool sends one at a time; only a hello may be waiting before it. */
const QUEUE_MAX = 8

type ConversationDeps = {
  readonly clock: Clock
  /** Commands in flight at once. Pipelining is legal, but real servers answer it out of order: 1 is safe. */
  readonly windowMax: number
  /** The last check before a frame is sent; if false, the frame is `not_sent`. */
  maySend(): boolean
  /** Called once, after every command has its exchange. `code` is the x5xx that ended the session, if one did. */
  onEnd(reason: string, code?: number): void
}

type Waiting = { readonly request: Request; resolve(exchange: Exchange): void; cancel(): void }
type InFlight = Waiting & { readonly sent: Sent }

/**
 * Commands and answers on one connection. Answers are matched by order, with the clTRID as a cross-check. When the two sides
 * are out of step the conversation ends, and commands in flight are `unknown`: no later answer can be trusted.
 */
export class Conversation {
  readonly #deps: ConversationDeps
  readonly #crossCheck = new CrossCheck()
  #queue: Waiting[] = []
  #inFlight: InFlight[] = []
  #wire: Wire | undefined
  #ended: string | undefined
  #lastSentAtMs = 0
  #sent = 0

  constructor(deps: ConversationDeps) {
    this.#deps = deps
  }

  get inFlight(): number {
    return this.#inFlight.length
  }

  get ended(): string | undefined {
    return this.#ended
  }

  get lastSentAtMs(): number {
    return this.#lastSentAtMs
  }

  /** How many commands were sent, including hellos and the login. */
  get sent(): number {
    return this.#sent
  }

  attach(wire: Wire): void {
    this.#wire = wire
    if (this.#ended !== undefined) wire.close()
  }

  /** The registry sends first: its greeting is awaited as if a hello had been sent. */
  awaitGreeting(timeoutMs: number): Promise<Exchange> {
    return this.#enqueue({ frame: Buffer.alloc(0), clTRID: '', expects: 'greeting', timeoutMs })
  }

  /** Sends when the window has room. Never rejects: when `request.onSend` throws, the exchange is `not_sent`. */
  request(request: Request): Promise<Exchange> {
    if (this.#ended !== undefined) return Promise.resolve({ kind: 'not_sent', reason: this.#ended })
    if (this.#queue.length >= QUEUE_MAX)
      return Promise.resolve({ kind: 'not_sent', reason: 'too many commands wait' })
    return this.#enqueue(request)
  }

  /** Handles one frame from the connection. */
  receive(xml: Buffer): void {
    if (this.#ended !== undefined) return
    const first = this.#inFlight[0]
    if (first === undefined) return this.end('an answer came without a command')
    const message = this.#read(xml)
    if (message === undefined) return
    const mismatch = this.#crossCheck.mismatch(message, first.request)
    if (mismatch !== undefined) return this.end(mismatch)
    this.#inFlight.shift()
    first.cancel()
    first.resolve({ kind: 'answered', ...first.sent, answeredAtMs: this.#deps.clock.nowMs(), message, xml })
    this.#afterAnswer(message)
  }

  /** Ends the conversation: commands in flight are `unknown`, waiting ones `not_sent`. Further calls do nothing. */
  end(reason: string, code?: number): void {
    if (this.#ended !== undefined) return
    this.#ended = reason
    for (const { sent, resolve, cancel } of this.#inFlight.splice(0)) {
      cancel()
      resolve({ kind: 'unknown', ...sent, reason })
    }
    for (const { resolve, cancel } of this.#queue.splice(0)) {
      cancel()
      resolve({ kind: 'not_sent', reason })
    }
    this.#wire?.close()
    this.#deps.onEnd(reason, code)
  }

  #read(xml: Buffer): Message | undefined {
    try {
      return readMessage(xml)
    } catch (error) {
      this.end(`an answer can't be read: ${error instanceof Error ? error.message : String(error)}`)
      return undefined
    }
  }

  #afterAnswer(message: Message): void {
    const ending =
      message.kind === 'response' && message.response.results.find(({ code }) => endsSession(code))
    if (ending) this.end(`the registry ended the session (${ending.code})`, ending.code)
    else this.#pump()
  }

  #enqueue(request: Request): Promise<Exchange> {
    return new Promise((resolve) => {
      const cancel = this.#deps.clock.after(request.timeoutMs, () => this.#giveUp(waiting))
      const waiting: Waiting = { request, resolve, cancel }
      this.#queue.push(waiting)
      this.#pump()
    })
  }

  /** The command was not sent in time. */
  #giveUp(waiting: Waiting): void {
    this.#queue = this.#queue.filter((other) => other !== waiting)
    waiting.resolve({ kind: 'not_sent', reason: `not sent within ${waiting.request.timeoutMs} ms` })
  }

  #pump(): void {
    while (this.#inFlight.length < this.#deps.windowMax) {
      const waiting = this.#queue.shift()
      if (waiting === undefined) return
      this.#send(waiting)
    }
  }

  #send(waiting: Waiting): void {
    const { clock } = this.#deps
    const { request } = waiting
    if (request.frame.length > 0 && !this.#deps.maySend()) {
      waiting.cancel()
      return waiting.resolve({ kind: 'not_sent', reason: 'nothing may be sent now' })
    }
    const sent: Sent = { clTRID: request.clTRID, sentAt: clock.date(), sentAtMs: clock.nowMs() }
    try {
      request.onSend?.(sent)
    } catch (error) {
      waiting.cancel()
      return waiting.resolve({ kind: 'not_sent', reason: `stopped before sending: ${String(error)}` })
    }
    waiting.cancel()
    // The answer may come later and would be taken for the next command's, so the conversation ends.
    const cancel = clock.after(request.timeoutMs, () => this.end(`no answer within ${request.timeoutMs} ms`))
    this.#inFlight.push({ ...waiting, cancel, sent })
    this.#lastSentAtMs = sent.sentAtMs
    this.#sent += request.frame.length > 0 ? 1 : 0
    if (request.clTRID !== '') this.#crossCheck.note(request.clTRID)
    if (request.frame.length > 0 && this.#wire?.write(request.frame) !== true) this.#takeBack(sent)
  }

  /** The connection ended before an octet was sent. */
  #takeBack(sent: Sent): void {
    const at = this.#inFlight.findIndex((other) => other.sent === sent)
    for (const { resolve, cancel } of this.#inFlight.splice(at, 1)) {
      cancel()
      resolve({ kind: 'not_sent', reason: 'the connection ended before the command was sent' })
    }
    this.end('the connection ended')
  }
}
