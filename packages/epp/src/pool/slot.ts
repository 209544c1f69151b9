import type {
  Answer,
  Availability,
  CreateDomain,
  Created,
  DomainInfo,
  NotSent,
  Sent,
} from '@droplock/rules/ports/registrar'
import { domainCheckXml } from '../commands/domain-check.ts'
import { type PreparedCreate, prepareCreate } from '../commands/domain-create.ts'
import { domainInfoXml } from '../commands/domain-info.ts'
import { encodeFrame } from '../framing/frame.ts'
import { readChecked } from '../responses/domain-checked.ts'
import { readCreated } from '../responses/domain-created.ts'
import { readDomainInfo } from '../responses/domain-info.ts'
import { isSuccess } from '../responses/result-codes.ts'
import type { Exchange } from '../session/exchange.ts'
import type { Session } from '../session/session.ts'
import { answerOf } from './answer.ts'
import type { FailedCreates } from './failed-creates.ts'
import type { NameGaps } from './name-gaps.ts'
import type { Permit } from './rate-window.ts'

export type OnSend = (sent: Sent) => void

/** What a slot stands on; made by the desk. */
export type SlotParts = {
  readonly session: Session
  readonly permit: Permit
  readonly names: NameGaps
  readonly failedCreates: FailedCreates
  readonly nowMs: () => number
  readonly answerMsMax: number
  /** The session is free again. Called once. */
  free(used: 'answered' | 'sent' | 'unused'): void
}

const USED: NotSent = { kind: 'not_sent', reason: 'the slot was already used or given back' }

/**
 * The right to send one command now: a free session and a permit of the account's rate, both held until it is used or
 * released. So what to send is chosen at the last moment. Give an unused one back soon: it keeps others waiting.
 *
 * Every command throws `RangeError` for what can't be encoded, and the slot is then still held. A clTRID has 3 to 64
 * plain characters. When `onSend` throws, nothing is sent.
 */
export class Slot implements Disposable {
  readonly #parts: SlotParts
  #held = true

  constructor(parts: SlotParts) {
    this.#parts = parts
  }

  /** Registers a name (RFC 5731 §3.2.1). `onSend` is called just before the first octet leaves. */
  create(order: CreateDomain, onSend?: OnSend): Promise<Answer<Created>> {
    return this.createPrepared(prepareCreate(order), order.clTRID, onSend)
  }

  /** The same with a frame that was encoded before the drop. */
  async createPrepared(prepared: PreparedCreate, clTRID: string, onSend?: OnSend): Promise<Answer<Created>> {
    const frame = prepared.frame(clTRID)
    if (!this.#held) return USED
    const settle = this.#parts.failedCreates.begin()
    if (settle === undefined) return this.#refuse('the budget of failed creates is used up')
    const exchange = await this.#send(frame, clTRID, [prepared.name], onSend)
    const answer = answerOf(exchange, readCreated, { name: prepared.name, secrets: [prepared.authInfo] })
    settle(answer.kind === 'not_sent' ? 'not_sent' : isWon(answer) ? 'succeeded' : 'failed')
    return this.#trusted(answer)
  }

  /** Asks who holds a name (RFC 5731 §3.1.2, RFC 3915 §4.1.2). */
  async info(name: string, clTRID: string, onSend?: OnSend): Promise<Answer<DomainInfo>> {
    const exchange = await this.#send(encodeFrame(domainInfoXml(name, clTRID)), clTRID, [name], onSend)
    return this.#trusted(answerOf(exchange, readDomainInfo, { name }))
  }

  /** Asks what can be created (RFC 5731 §3.1.1). */
  async check(
    names: readonly string[],
    clTRID: string,
    onSend?: OnSend,
  ): Promise<Answer<readonly Availability[]>> {
    const exchange = await this.#send(encodeFrame(domainCheckXml(names, clTRID)), clTRID, names, onSend)
    return answerOf(exchange, readChecked)
  }

  /** Asks for a greeting (RFC 5730 §2.3). */
  hello(): Promise<Exchange> {
    return this.#use((onSend) => this.#parts.session.hello(onSend), [])
  }

  /** Ends the session in good order (RFC 5730 §2.9.1.2). */
  async logOut(): Promise<void> {
    if (!this.#held) return
    this.#held = false
    await this.#parts.session.logOut(() => this.#parts.permit.sent())
    this.#parts.permit.giveBack()
    this.#parts.free('sent')
  }

  /** Gives session and permit back unused. Does nothing after a command. */
  release(): void {
    if (!this.#held) return
    this.#held = false
    this.#parts.permit.giveBack()
    this.#parts.free('unused')
  }

  [Symbol.dispose](): void {
    this.release()
  }

  #send(frame: Buffer, clTRID: string, names: readonly string[], onSend?: OnSend): Promise<Exchange> {
    const { session, answerMsMax: timeoutMs } = this.#parts
    return this.#use((counted) => {
      const before: OnSend = (sent) => {
        onSend?.(sent)
        counted()
      }
      return session.request({ frame, clTRID, expects: 'response', timeoutMs, onSend: before })
    }, names)
  }

  async #use(send: (counted: () => void) => Promise<Exchange>, names: readonly string[]): Promise<Exchange> {
    const { permit, names: gaps, nowMs, free } = this.#parts
    if (!this.#held) return USED
    if (names.some((name) => gaps.readyAtMs(name) > nowMs()))
      return this.#refuse('the gap of the name is not over')
    this.#held = false
    let answered: readonly (() => void)[] = []
    const exchange = await send(() => {
      permit.sent()
      answered = names.map((name) => gaps.sent(name))
    })
    if (exchange.kind === 'not_sent') permit.giveBack()
    if (exchange.kind === 'answered') {
      permit.answered()
      for (const tell of answered) tell()
    }
    free(exchange.kind === 'answered' ? 'answered' : exchange.kind === 'unknown' ? 'sent' : 'unused')
    return exchange
  }

  #refuse(reason: string): NotSent {
    this.release()
    return { kind: 'not_sent', reason }
  }

  /** An answer that was matched by order alone and speaks of another name: nothing more of this session is believed. */
  #trusted<Data>(answer: Answer<Data>): Answer<Data> {
    if (answer.kind === 'unknown') this.#parts.session.end(answer.reason)
    return answer
  }
}

function isWon(answer: Answer<Created>): boolean {
  return answer.kind === 'answered' && isSuccess(answer.code)
}
