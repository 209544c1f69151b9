/** The window of "commands per second". */
const WINDOW_MS = 1000

/** One command's place in the window. Every permit ends in `sent` or `giveBack`; the rest does nothing. */
export type Permit = {
  /** The command is leaving now. */
  sent(): void
  /** Its answer is here: the registry has counted it before now. */
  answered(): void
  /** It was not used, and counts for nothing. */
  giveBack(): void
}

type Entry = { state: 'held' | 'sent' | 'done'; leavesAtMs: number }

/**
 * Grants permits such that the registry never counts more than `commandsMax` commands in any second.
 *
 * We see when a command is sent (s) and answered (a), not when the registry counts it (c). But s ≤ c ≤ min(a, s + transit).
 * So an entry stays in the window from its grant until min(a, s + transit) + 1000 ms, hence at least until c + 1000 ms.
 * Take any registry second [x, x + 1000) and the last command counted in it, at y: all the others of that second were
 * granted before y and leave after y, so at y they are in the window together, where there is never room for more than
 * `commandsMax`. No steadiness of the network is assumed; on a fast path the price is one round trip per second.
 *
 * Grants are also spaced evenly, so that a pool polls as a comb and not in one burst a second.
 */
export class RateWindow {
  readonly #commandsMax: number
  readonly #transitMsMax: number
  readonly #nowMs: () => number
  readonly #spacingMs: number
  readonly #entries = new Set<Entry>()
  #nextGrantAtMs = -Infinity

  constructor(commandsMax: number, transitMsMax: number, nowMs: () => number) {
    this.#commandsMax = commandsMax
    this.#transitMsMax = transitMsMax
    this.#nowMs = nowMs
    this.#spacingMs = WINDOW_MS / commandsMax
  }

  /** Takes the whole rate as just used by somebody else, whose answers we will never see. */
  assumeUsed(): void {
    const leavesAtMs = this.#nowMs() + this.#transitMsMax + WINDOW_MS
    while (this.#entries.size < this.#commandsMax) this.#entries.add({ state: 'done', leavesAtMs })
  }

  /** When `take` may next succeed; a time not after now when it may, `Infinity` while only a `giveBack` could make room. */
  nextAtMs(): number {
    this.#forgetLeft(this.#nowMs())
    const full = this.#entries.size >= this.#commandsMax
    const roomAtMs = full ? Math.min(...Array.from(this.#entries, ({ leavesAtMs }) => leavesAtMs)) : -Infinity
    return Math.max(roomAtMs, this.#nextGrantAtMs)
  }

  /** A permit, when there is one now. */
  take(): Permit | undefined {
    const nowMs = this.#nowMs()
    if (this.nextAtMs() > nowMs) return undefined
    const entry: Entry = { state: 'held', leavesAtMs: Infinity }
    this.#entries.add(entry)
    const before = this.#nextGrantAtMs
    const after = nowMs + this.#spacingMs
    this.#nextGrantAtMs = after
    return {
      sent: () => {
        if (entry.state !== 'held') return
        entry.state = 'sent'
        entry.leavesAtMs = this.#nowMs() + this.#transitMsMax + WINDOW_MS
      },
      answered: () => {
        if (entry.state !== 'sent') return
        entry.state = 'done'
        entry.leavesAtMs = Math.min(entry.leavesAtMs, this.#nowMs() + WINDOW_MS)
      },
      giveBack: () => {
        if (entry.state !== 'held') return
        entry.state = 'done'
        this.#entries.delete(entry)
        if (this.#nextGrantAtMs === after) this.#nextGrantAtMs = before
      },
    }
  }

  #forgetLeft(nowMs: number): void {
    for (const entry of this.#entries) if (entry.leavesAtMs <= nowMs) this.#entries.delete(entry)
  }
}
