import type { OnExchange } from '@droplock/epp/session/session'
import { isSuccess } from '@droplock/rules/drop/result-codes'

const SECOND_MS = 1_000
const SECONDS_PER_MINUTE = 60

/** The last minute and the second under way. */
const SECONDS_KEPT = SECONDS_PER_MINUTE + 1

/** Counts the commands of one registry account by the second, and notes its last logins. It outlives the leases. */
export class AccountMeter {
  readonly #monotonicMs: () => number
  readonly #counts = new Uint32Array(SECONDS_KEPT)
  #second: number
  #login: Date | undefined
  #refused: { readonly at: Date; readonly code: number } | undefined

  constructor(monotonicMs: () => number) {
    this.#monotonicMs = monotonicMs
    this.#second = this.#nowSecond()
  }

  /** Notes a command that was answered or given up. Cheap: it is called for every command. */
  readonly note: OnExchange = (command, exchange) => {
    if (exchange.kind === 'not_sent') return
    this.#advance()
    const place = this.#second % SECONDS_KEPT
    this.#counts[place] = (this.#counts[place] ?? 0) + 1
    if (command !== 'login' || exchange.kind !== 'answered') return
    const { message, sentAt } = exchange
    if (message.kind !== 'response') return
    const [{ code }] = message.response.results
    if (isSuccess(code)) this.#login = sentAt
    else this.#refused = { at: sentAt, code }
  }

  /** Commands in the last whole second, and in the sixty of them. */
  commands(): { readonly inSecond: number; readonly inMinute: number } {
    this.#advance()
    const current = this.#counts[this.#second % SECONDS_KEPT] ?? 0
    const inSecond = this.#counts[(this.#second - 1 + SECONDS_KEPT) % SECONDS_KEPT] ?? 0
    return { inSecond, inMinute: this.#counts.reduce((all, count) => all + count, 0) - current }
  }

  /** When a login was last accepted, and last refused with what code, since the process began. */
  get logins() {
    return { accepted: this.#login, refused: this.#refused }
  }

  #nowSecond(): number {
    return Math.floor(this.#monotonicMs() / SECOND_MS)
  }

  /** Empties the seconds that have passed since the last call. */
  #advance(): void {
    const now = this.#nowSecond()
    const passed = Math.min(now - this.#second, SECONDS_KEPT)
    for (let step = 1; step <= passed; step += 1) this.#counts[(now - passed + step) % SECONDS_KEPT] = 0
    this.#second = now
  }
}
