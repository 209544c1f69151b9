import { isSuccess } from '@droplock/rules/drop/result-codes'
import type {
  Answer,
  Availability,
  CreateDomain,
  Created,
  DomainInfo,
  NotSent,
  OnSend,
} from '@droplock/rules/ports/registrar'
import type { Command, CommandName } from '../commands/command.ts'
import { checkDomains, infoDomain, prepareCreate } from '../commands/domain.ts'
import { NotAgreed } from '../session/dialect.ts'
import type { Exchange } from '../session/exchange.ts'
import type { Session } from '../session/session.ts'
import { answerOf } from './answer.ts'
import type { Failures, Spent } from './failures.ts'
import type { NameGaps, Permit } from './limits.ts'

/** How a slot was used, which decides when the session may send again. */
export type Used = 'answered' | 'refused' | 'sent' | 'unused'

/** What a slot needs; the slot queue supplies it. */
export type SlotParts = {
  readonly session: Session
  readonly permit: Permit
  readonly names: NameGaps
  readonly failures: Failures
  readonly checksCountAsFailed: boolean
  readonly nowMs: () => number
  readonly answerMsMax: number
  /** Called once, when the session is free again. `command` is what the slot was used for. */
  free(used: Used, command?: CommandName): void
}

const USED: NotSent = { kind: 'not_sent', reason: 'the slot was already used or given back' }
const HELLO = { name: 'hello', objects: [] } as const
const SPENDS_NOTHING = () => undefined

/**
 * The right to send one command now: a free session and a permit of the account's rate, both held until the slot is used or
 * released. So the command can be chosen at the last moment. Release an unused slot soon: others wait for it.
 *
 * Every method throws `RangeError` for a command that can't be encoded, and the slot is then still held. A clTRID has 3 to 64
 * plain characters. When `onSend` throws, nothing is sent.
 */
export class Slot implements Disposable {
  readonly #parts: SlotParts
  #held = true

  constructor(parts: SlotParts) {
    this.#parts = parts
  }

  /** Sends any command. `onSend` is called just before the first octet is sent. */
  async send<Data>(command: Command<Data>, clTRID: string, onSend?: OnSend): Promise<Answer<Data>> {
    const { dialect } = this.#parts.session
    const frame = this.#encode(command, clTRID)
    if ('kind' in frame) return frame
    if (!this.#held) return USED
    const recordOutcome = this.#spend(command)
    if (recordOutcome === undefined)
      return this.#refuse(
        'the budget of failed creates is used up',
        this.#parts.failures.freeAtMs(mayFail(command)),
      )
    const exchange = await this.#exchange(frame, clTRID, command, onSend)
    const answer = answerOf(exchange, (response, xml) => command.read(response, dialect, xml), {
      ...(command.objects.length === 1 && { name: command.objects[0] }),
      ...(command.secrets && { secrets: command.secrets }),
      readFee: dialect.fee?.readCharged,
    })
    recordOutcome(
      answer.kind === 'not_sent' ? 'not_sent' : isCreated(command, answer) ? 'succeeded' : 'failed',
    )
    // An answer that was matched by order alone and is about another name: the session can't be trusted any more.
    if (answer.kind === 'unknown') this.#parts.session.end(answer.reason)
    return answer
  }

  /** Registers a name (RFC 5731 §3.2.1). */
  create(order: CreateDomain, onSend?: OnSend): Promise<Answer<Created>> {
    return this.send(prepareCreate(order), order.clTRID, onSend)
  }

  /** Asks for a domain's data (RFC 5731 §3.1.2, RFC 3915 §4.1.2), without its subordinate hosts: nothing at a drop needs them. */
  info(name: string, clTRID: string, onSend?: OnSend): Promise<Answer<DomainInfo>> {
    return this.send(infoDomain(name, undefined, 'del'), clTRID, onSend)
  }

  /** Asks which names can be created (RFC 5731 §3.1.1). */
  check(names: readonly string[], clTRID: string, onSend?: OnSend): Promise<Answer<readonly Availability[]>> {
    return this.send(checkDomains(names), clTRID, onSend)
  }

  /** Asks for a greeting (RFC 5730 §2.3). */
  hello(): Promise<Exchange> {
    return this.#use((onSend) => this.#parts.session.hello(onSend), HELLO)
  }

  /** Gives the session and the permit back unused. Does nothing after a command. */
  release(): void {
    if (!this.#held) return
    this.#held = false
    this.#parts.permit.giveBack()
    this.#parts.free('unused')
  }

  [Symbol.dispose](): void {
    this.release()
  }

  #encode<Data>(command: Command<Data>, clTRID: string): Buffer | NotSent {
    try {
      return command.frame(clTRID, this.#parts.session.dialect)
    } catch (error) {
      if (error instanceof NotAgreed) return this.#refuse(error.message)
      throw error
    }
  }

  #spend(command: Command<unknown>): ((outcome: Spent) => void) | undefined {
    const { failures, checksCountAsFailed } = this.#parts
    const counts = command.spends === 'create' || (command.spends === 'check' && checksCountAsFailed)
    return counts ? failures.begin(mayFail(command)) : SPENDS_NOTHING
  }

  #exchange(
    frame: Buffer,
    clTRID: string,
    command: Command<unknown>,
    onSend: OnSend | undefined,
  ): Promise<Exchange> {
    const { session, answerMsMax: timeoutMs } = this.#parts
    return this.#use((counted) => {
      const before: OnSend = (sent) => {
        onSend?.(sent)
        counted()
      }
      return session.request(command.name, { frame, clTRID, expects: 'response', timeoutMs, onSend: before })
    }, command)
  }

  async #use(
    send: (counted: () => void) => Promise<Exchange>,
    { name, objects }: Pick<Command<unknown>, 'name' | 'objects'>,
  ): Promise<Exchange> {
    const { permit, names: gaps, nowMs, free } = this.#parts
    if (!this.#held) return USED
    const gapOverMs = Math.max(-Infinity, ...objects.map((object) => gaps.readyAtMs(object)))
    if (gapOverMs > nowMs()) return this.#refuse('the gap of the name is not over', gapOverMs)
    this.#held = false
    let answered: readonly (() => void)[] = []
    const exchange = await send(() => {
      permit.sent()
      answered = objects.map((object) => gaps.sent(object))
    })
    if (exchange.kind === 'not_sent') permit.giveBack()
    if (exchange.kind === 'answered') {
      permit.answered()
      for (const noteAnswer of answered) noteAnswer()
    }
    free(usedBy(exchange), name)
    return exchange
  }

  #refuse(reason: string, retryAtMs?: number): NotSent {
    this.release()
    return { kind: 'not_sent', reason, ...(retryAtMs !== undefined && { retryAtMs }) }
  }
}

function usedBy(exchange: Exchange): Used {
  if (exchange.kind === 'not_sent') return 'unused'
  if (exchange.kind === 'unknown') return 'sent'
  const { message } = exchange
  return message.kind === 'response' && message.response.results[0].code >= 2000 ? 'refused' : 'answered'
}

/** How many failures the command may add to the budget: for a check, one for each name. */
function mayFail({ spends, objects }: Command<unknown>): number {
  return spends === 'check' ? objects.length : 1
}

function isCreated({ spends }: Command<unknown>, answer: Answer<unknown>): boolean {
  return spends === 'create' && answer.kind === 'answered' && isSuccess(answer.code)
}
