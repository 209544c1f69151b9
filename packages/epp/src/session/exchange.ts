import type { NotSent, Sent, Unknown } from '@droplock/rules/ports/registrar'
import type { EppResponse, Message } from '../responses/response.ts'

/** One frame to send to the registry. */
export type Request = {
  readonly frame: Buffer
  /** Empty for a hello. */
  readonly clTRID: string
  readonly expects: Message['kind']
  /** Limits the wait for the window (then `not_sent`), and after that the wait for the answer (then `unknown`). */
  readonly timeoutMs: number
  /** Called just before the first octet is sent. When it throws, nothing is sent. */
  readonly onSend?: (sent: Sent) => void
}

/** The result of a request; `message` is of the kind that was expected. */
export type Exchange =
  | (Sent & {
      readonly kind: 'answered'
      readonly answeredAtMs: number
      readonly message: Message
      /** The answer as received. */
      readonly xml: Buffer
    })
  | NotSent
  | Unknown

/** How many clTRIDs of this session are remembered, which a late or repeated answer could still carry. More than fit in any window. */
const REMEMBERED_MAX = 64

/**
 * Checks whether an answer can be the answer to the oldest command in flight. Order decides; ids are the cross-check.
 *
 * Some registries omit the clTRID in errors, or invent one. So an error with an id that we never used is matched by its order,
 * unless it repeats the last svTRID. A success with another id, or any answer with the id of another command of ours, means
 * that the two sides are out of step.
 */
export class CrossCheck {
  readonly #ours: string[] = []
  #lastSvTRID = ''

  /** Remembers an id that is being sent. */
  note(clTRID: string): void {
    this.#ours.push(clTRID)
    if (this.#ours.length > REMEMBERED_MAX) this.#ours.shift()
  }

  /** Why the message is not the answer to `request`, or `undefined` when it is. */
  mismatch(message: Message, request: Request): string | undefined {
    if (message.kind !== request.expects) return `a ${message.kind} came where a ${request.expects} was due`
    return message.kind === 'response' ? this.#wrongResponse(message.response, request.clTRID) : undefined
  }

  #wrongResponse(response: EppResponse, expected: string): string | undefined {
    const { clTRID, svTRID } = response
    const repeated = svTRID !== '' && svTRID === this.#lastSvTRID
    this.#lastSvTRID = svTRID
    if (clTRID === expected) return undefined
    if (repeated) return 'an answer was repeated'
    if (clTRID === undefined) return undefined
    if (this.#ours.includes(clTRID)) return 'an answer to another command came'
    return response.results[0].code < 2000 ? 'a success came under an id that is not ours' : undefined
  }
}
