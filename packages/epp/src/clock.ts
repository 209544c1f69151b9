/** Time as this package needs it. It is injected everywhere, so that tests can control it. */
export type Clock = {
  /** Milliseconds that never go back; comparable only with each other. */
  nowMs(): number
  /** Wall-clock time, for evidence and for comparison with the registry's `svDate`. */
  date(): Date
  /** Runs `run` once after `delayMs`, soon where that is over already; the returned function cancels it. */
  after(delayMs: number, run: () => void): () => void
}

/** The clock of this machine. */
export const systemClock: Clock = {
  nowMs: () => performance.now(),
  date: () => new Date(),
  after(delayMs, run) {
    const timer = setTimeout(run, Math.max(0, delayMs))
    return () => clearTimeout(timer)
  },
}
