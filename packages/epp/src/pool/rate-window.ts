import { Fifo } from './fifo.ts'

/** The window of "commands per second". */
const SECOND_MS = 1_000

/** One command's place in the window. Every permit ends in `sent` or `giveBack`; the rest does nothing. */
export type Permit = {
  /** The command is leaving now. */
  sent(): void
  /** Its answer is here: the registry has counted it before now. */
  answered(): void
  /** It was not used, and counts for nothing. */
  giveBack(): void
}

export type RateSource = {
  /** When `take` may next succeed; a time not after now when it may, `Infinity` while only a `giveBack` could make room. */
  nextAtMs(): number
  /** A permit, when there is one now. */
  take(): Permit | undefined
}

type Entry = { present: boolean }
type Leaving = { readonly entry: Entry; readonly atMs: number }

/**
 * Grants permits such that the registry never counts more than `commandsMax` commands in any window (a second, a minute).
 *
 * We see when a command is sent (s) and answered (a), not when the registry counts it (c). But s ≤ c ≤ min(a, s + transit).
 * So an entry stays in the window from its grant until min(a, s + transit) + the window's length, hence at least until c
 * and that length. Take any registry window [x, x + length) and the last command counted in it, at y: all the others of it
 * were granted before y and leave after y, so at y they are in our window together, where there is never room for more
 * than `commandsMax`. No steadiness of the network is assumed; on a fast path the price is one round trip per window.
 *
 * Grants are also spaced evenly, so that a pool polls as a comb and not in one burst a window.
 */
export class RateWindow implements RateSource {
  readonly #commandsMax: number
  readonly #transitMsMax: number
  readonly #nowMs: () => number
  readonly #lengthMs: number
  #present = 0
  /** Sent ones by s + transit, answered ones by a: an entry is in both, and leaves with the earlier. Each is in order. */
  readonly #sent = new Fifo<Leaving>()
  readonly #answered = new Fifo<Leaving>()
  #nextGrantAtMs = -Infinity
  #usedUntilMs = -Infinity

  constructor(commandsMax: number, transitMsMax: number, nowMs: () => number, lengthMs: number = SECOND_MS) {
    this.#commandsMax = commandsMax
    this.#transitMsMax = transitMsMax
    this.#nowMs = nowMs
    this.#lengthMs = lengthMs
  }

  /** Takes the whole rate as just used by somebody else, whose answers we will never see. */
  assumeUsed(): void {
    this.#usedUntilMs = this.#nowMs() + this.#transitMsMax + this.#lengthMs
  }

  nextAtMs(): number {
    this.#forgetLeft(this.#nowMs())
    const full = this.#present >= this.#commandsMax
    const leavesAtMs = Math.min(this.#sent.head?.atMs ?? Infinity, this.#answered.head?.atMs ?? Infinity)
    return Math.max(full ? leavesAtMs : -Infinity, this.#nextGrantAtMs, this.#usedUntilMs)
  }

  take(): Permit | undefined {
    const nowMs = this.#nowMs()
    if (this.nextAtMs() > nowMs) return undefined
    this.#present += 1
    const before = this.#nextGrantAtMs
    const after = nowMs + this.#lengthMs / this.#commandsMax
    this.#nextGrantAtMs = after
    return this.#permit({ present: true }, () => {
      if (this.#nextGrantAtMs === after) this.#nextGrantAtMs = before
    })
  }

  #permit(entry: Entry, undoSpacing: () => void): Permit {
    let state: 'held' | 'sent' | 'done' = 'held'
    const leaving = (inMs: number): Leaving => ({ entry, atMs: this.#nowMs() + inMs + this.#lengthMs })
    return {
      sent: () => {
        if (state !== 'held') return
        state = 'sent'
        this.#sent.push(leaving(this.#transitMsMax))
      },
      answered: () => {
        if (state !== 'sent') return
        state = 'done'
        if (entry.present) this.#answered.push(leaving(0))
      },
      giveBack: () => {
        if (state !== 'held') return
        state = 'done'
        this.#leave(entry)
        undoSpacing()
      },
    }
  }

  #forgetLeft(nowMs: number): void {
    for (const queue of [this.#sent, this.#answered]) {
      for (let head = queue.head; head !== undefined; head = queue.head) {
        if (head.entry.present && head.atMs > nowMs) break
        this.#leave(head.entry)
        queue.shift()
      }
    }
  }

  #leave(entry: Entry): void {
    if (!entry.present) return
    entry.present = false
    this.#present -= 1
  }
}
