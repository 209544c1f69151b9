import { Fifo } from './fifo.ts'

/** The limits of a registry account by its contract: operator data, never exceeded. */
export type AccountLimits = {
  readonly sessionsMax: number
  /** For all sessions together. Every command counts, also login, hello and logout. */
  readonly commandsPerSecondMax: number
  /** The same in any minute, where the registry counts by minutes (.ee: 100). */
  readonly commandsPerMinuteMax?: number
  /** The registry ends a session that sends nothing for this long. */
  readonly idleMsMax: number
  /** How long a session may be silent before we send hello; half of `idleMsMax` when absent. */
  readonly helloAfterMs?: number
  readonly life?: SessionLife
  /** Least time between two commands on one session (.nz: 1000). */
  readonly sessionGapMs?: number
  /** The gap applies after transform commands only. A query may be followed at once. */
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
   * The longest time from handing a command to the socket until the registry counts it. Raise it for registries that are far
   * away or slow to receive. It costs throughput only while answers take longer than this.
   */
  readonly transitMsMax?: number
  /** Commands in flight on one session: 1 unless the registry is known to answer in order. */
  readonly windowMax?: number
}

/** When the registry ends a session, and when we replace it before that. */
export type SessionLife = {
  readonly endsAfterMs?: number
  readonly replaceAfterMs?: number
  /** Every command counts, also the login. */
  readonly endsAfterCommands?: number
  readonly replaceAfterCommands?: number
}

/** Enough for any distance on earth, and on most paths for one lost packet. */
export const TRANSIT_MS_MAX = 250

/** What a predecessor on this account may still use. The successor counts it as used. */
export type Inherited = {
  /** Another process may have sent at the full rate until now. The first command then waits until that no longer counts. */
  readonly rateInUse?: boolean
  /** Sessions whose end was not confirmed, and how long the registry may keep them. */
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

  nextAtMs(spacing?: Spacing): number {
    return Math.max(...this.#windows.map((window) => window.nextAtMs(spacing)))
  }

  left(): number {
    return Math.min(...this.#windows.map((window) => window.left()))
  }

  shareLeft(): number {
    return Math.min(...this.#windows.map((window) => window.shareLeft()))
  }

  take(spacing?: Spacing): Permit | undefined {
    if (this.nextAtMs(spacing) > this.#nowMs()) return undefined
    const permits = this.#windows.flatMap((window) => window.take(spacing) ?? [])
    const all = (step: keyof Permit) => () => {
      for (const permit of permits) permit[step]()
    }
    return { sent: all('sent'), answered: all('answered'), giveBack: all('giveBack') }
  }
}

/** The window of "commands per second". */
const SECOND_MS = 1_000

/** One command's place in the window. Every permit ends with `sent` or `giveBack`; later calls of either do nothing. */
export type Permit = {
  /** The command is leaving now. */
  sent(): void
  /** Its answer has arrived, so the registry has counted the command. */
  answered(): void
  /** It was not used and does not count. */
  giveBack(): void
}

/** `even`: permits are spaced, so that a pool does not send one burst per window. `none`: all that the window has room for. */
export type Spacing = 'even' | 'none'

export type RateSource = {
  /** When `take` may next succeed: not after now when it may, `Infinity` while only a `giveBack` could make room. Default: `even`. */
  nextAtMs(spacing?: Spacing): number
  /** How many permits there is room for now, whatever their spacing. */
  left(): number
  /** The share of the permits of a whole window that there is room for now; of several windows the smallest. */
  shareLeft(): number
  /** A permit, if there is one now. Default: `even`. */
  take(spacing?: Spacing): Permit | undefined
}

type Entry = { present: boolean }
type Leaving = { readonly entry: Entry; readonly atMs: number }

/**
 * Grants permits such that the registry never counts more than `commandsMax` commands in any window (a second, a minute).
 *
 * We see when a command is sent (s) and answered (a), not when the registry counts it (c). But s ≤ c ≤ min(a, s + transit).
 * So an entry stays in our window from its grant until min(a, s + transit) + the window's length, hence at least until c plus
 * that length. Take any window [x, x + length) of the registry and the last command counted in it, at y. All its other
 * commands were granted before y and leave our window after y. So at y they are in our window together, which never holds
 * more than `commandsMax`. This assumes nothing about the network's delay; on a fast path it costs one round trip per window.
 *
 * Grants are also spaced evenly unless the caller wishes otherwise, so that a pool does not send one burst per window.
 */
export class RateWindow implements RateSource {
  readonly #commandsMax: number
  readonly #transitMsMax: number
  readonly #nowMs: () => number
  readonly #lengthMs: number
  #present = 0
  /** Sent entries by s + transit, answered ones by a. An entry may be in both and leaves at the earlier time. Both are in order. */
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

  /** Treats the whole rate as just used by another process, whose answers we will never see. */
  assumeUsed(): void {
    this.#usedUntilMs = this.#nowMs() + this.#transitMsMax + this.#lengthMs
  }

  nextAtMs(spacing: Spacing = 'even'): number {
    this.#forgetLeft(this.#nowMs())
    const full = this.#present >= this.#commandsMax
    const leavesAtMs = Math.min(this.#sent.head?.atMs ?? Infinity, this.#answered.head?.atMs ?? Infinity)
    const spacedAtMs = spacing === 'even' ? this.#nextGrantAtMs : -Infinity
    return Math.max(full ? leavesAtMs : -Infinity, spacedAtMs, this.#usedUntilMs)
  }

  left(): number {
    const nowMs = this.#nowMs()
    this.#forgetLeft(nowMs)
    return this.#usedUntilMs > nowMs ? 0 : this.#commandsMax - this.#present
  }

  shareLeft(): number {
    return this.left() / this.#commandsMax
  }

  take(spacing: Spacing = 'even'): Permit | undefined {
    const nowMs = this.#nowMs()
    if (this.nextAtMs(spacing) > nowMs) return undefined
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

/** Keeps the least time between two commands about one name, as the registry counts it (`RateWindow` explains the bound). */
export class NameGaps {
  readonly #gapMs: number
  readonly #transitMsMax: number
  readonly #nowMs: () => number
  /** In order of sending, so that expired gaps are at the front. */
  readonly #gaps = new Map<string, { readyAtMs: number }>()

  constructor(gapMs: number, transitMsMax: number, nowMs: () => number) {
    this.#gapMs = gapMs
    this.#transitMsMax = transitMsMax
    this.#nowMs = nowMs
  }

  /** When the next command about the name may be sent; a time in the past when it may be sent now. */
  readyAtMs(name: string): number {
    return this.#gaps.get(name)?.readyAtMs ?? -Infinity
  }

  /** Records that a command about `name` is sent now. Call the result when its answer arrives. */
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
