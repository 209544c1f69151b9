import type { NotSent, Sent, Unknown } from '@droplock/rules/ports/registrar'
import type { EppResponse, Message } from '../responses/response.ts'

/** One thing to say to the registry. */
export type Request = {
  readonly frame: Buffer
  /** Empty for a hello, which has none. */
  readonly clTRID: string
  readonly expects: Message['kind']
  /** Bounds the wait for the window (then `not_sent`), and after it the wait for the answer (then `unknown`). */
  readonly timeoutMs: number
  /** Called just before the first octet leaves. When it throws, nothing leaves. */
  readonly onSend?: (sent: Sent) => void
}

/** What came of it; `Message` is what was expected. */
export type Exchange =
  | (Sent & {
      readonly kind: 'answered'
      readonly answeredAtMs: number
      readonly message: Message
      /** As it came. */
      readonly xml: Buffer
    })
  | NotSent
  | Unknown

/** Our clTRIDs of this session that a late or repeated answer could still carry. More than any window is deep. */
const REMEMBERED_MAX = 64

/**
 * Whether an answer can be the answer to the oldest command in flight. Order decides; ids are the cross-check.
 *
 * Registries have been seen to leave the clTRID out of errors, or to invent one. So an error under an id we never used is
 * taken by its order, unless it repeats the last svTRID. A success under another id, or anything under an id of ours that
 * is not this command's, means that the two sides are out of step.
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
  doubt(message: Message, request: Request): string | undefined {
    if (message.kind !== request.expects) return `a ${message.kind} came where a ${request.expects} was due`
    return message.kind === 'response' ? this.#doubtResponse(message.response, request.clTRID) : undefined
  }

  #doubtResponse(response: EppResponse, expected: string): string | undefined {
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
