import { Fifo } from './fifo.ts'

/** A registry account's contract with its registry: operator data, never exceeded. */
export type AccountLimits = {
  readonly sessionsMax: number
  /** All sessions together, every command: login, hello and logout count. */
  readonly commandsPerSecondMax: number
  /** The same in any minute, where the registry counts by minutes (.ee: 100). */
  readonly commandsPerMinuteMax?: number
  /** A session that says nothing for this long is ended by the registry. */
  readonly idleMsMax: number
  /** How long a session may be silent before we say hello; half of `idleMsMax` when absent. */
  readonly helloAfterMs?: number
  readonly life?: SessionLife
  /** Least time between two commands on one session (.nz: 1000). */
  readonly sessionGapMs?: number
  /** That gap is after what changes something alone; what only asks is followed at once. */
  readonly sessionGapAfter?: 'transforms'
  /** Least time between two commands about one object (.co: 1000). */
  readonly nameGapMs?: number
  /** Least time from the answer to the login to the session's first command (.fr: 2000). */
  readonly loginPauseMs?: number
  /** Least time from an error's answer to the session's next command (.ee: 1000). */
  readonly errorPauseMs?: number
  /** Creates that did not succeed, in any 24 hours. */
  readonly failedCreatesPerDayMax?: number
  /** Whether each name that is checked counts as a failed create (.uk). */
  readonly checksCountAsFailed?: boolean
  /**
   * The longest time from handing a command to the socket until the registry counts it. Within it nothing is assumed;
   * raise it for far or unsteady registries. Costs throughput only while answers take longer than this.
   */
  readonly transitMsMax?: number
  /** Commands in flight on one session; 1 unless the registry is known to answer in order. */
  readonly windowMax?: number
}

/** When a registry ends a session by itself, and when we replace it before that, one session at a time. */
export type SessionLife = {
  readonly endsAfterMs?: number
  readonly replaceAfterMs?: number
  /** Every command counts, the login among them. */
  readonly endsAfterCommands?: number
  readonly replaceAfterCommands?: number
}

/** A quarter of a second from anywhere to anywhere, one lost packet included on most paths. */
export const TRANSIT_MS_MAX = 250

/** What a predecessor on this account may still have running; a successor counts it as its own. */
export type Inherited = {
  /** Another process may have sent at the full rate until now: the first command then waits it out. */
  readonly rateInUse?: boolean
  /** Sessions nobody has seen closing, and how long the registry may keep them. */
  readonly sessions?: number
  readonly sessionsForMs?: number
}

/** Several windows as one: a permit is a place in each of them. */
export class Rates implements RateSource {
  readonly #windows: readonly RateSource[]
  readonly #nowMs: () => number

  constructor(windows: readonly RateSource[], nowMs: () => number) {
    this.#windows = windows
    this.#nowMs = nowMs
  }

  nextAtMs(): number {
    return Math.max(...this.#windows.map((window) => window.nextAtMs()))
  }

  take(): Permit | undefined {
    if (this.nextAtMs() > this.#nowMs()) return undefined
    const permits = this.#windows.flatMap((window) => window.take() ?? [])
    const all = (step: keyof Permit) => () => {
      for (const permit of permits) permit[step]()
    }
    return { sent: all('sent'), answered: all('answered'), giveBack: all('giveBack') }
  }
}

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

/** Keeps the least time between two commands about one name, as the registry counts it (see `RateWindow` for the bound). */
export class NameGaps {
  readonly #gapMs: number
  readonly #transitMsMax: number
  readonly #nowMs: () => number
  /** In order of sending, so that what is past stands at the front. */
  readonly #gaps = new Map<string, { readyAtMs: number }>()

  constructor(gapMs: number, transitMsMax: number, nowMs: () => number) {
    this.#gapMs = gapMs
    this.#transitMsMax = transitMsMax
    this.#nowMs = nowMs
  }

  /** From when on the name may be asked about again; a time in the past when it may be now. */
  readyAtMs(name: string): number {
    return this.#gaps.get(name)?.readyAtMs ?? -Infinity
  }

  /** A command about `name` leaves now; call the result when its answer is here. */
  sent(name: string): () => void {
    if (this.#gapMs === 0) return () => {}
    const nowMs = this.#nowMs()
    this.#forgetPast(nowMs)
    const gap = { readyAtMs: nowMs + this.#transitMsMax + this.#gapMs }
    this.#gaps.delete(name)
    this.#gaps.set(name, gap)
    return () => {
      gap.readyAtMs = Math.min(gap.readyAtMs, this.#nowMs() + this.#gapMs)
    }
  }

  #forgetPast(nowMs: number): void {
    for (const [name, { readyAtMs }] of this.#gaps) {
      if (readyAtMs > nowMs) return
      this.#gaps.delete(name)
    }
  }
}
