/** The registry's time; a test gives its own. */
export type Clock = {
  /** Epoch milliseconds. */
  nowMs(): number
  /** Runs `run` once after `delayMs`; the result cancels it. Absent: the machine's timers. */
  after?(delayMs: number, run: () => void): () => void
}

/** The machine's time. */
export const systemClock: Clock = { nowMs: () => Date.now() }

/** Runs `run` once after `delayMs`, by the clock's own timers where it has some; the result cancels it. */
export function after(clock: Clock, delayMs: number, run: () => void): () => void {
  if (clock.after) return clock.after(delayMs, run)
  const timer = setTimeout(run, delayMs)
  return () => clearTimeout(timer)
}

/** What the simulator logs by; pino fits. */
export type Log = {
  info(facts: object, message: string): void
  warn(facts: object, message: string): void
  error(facts: object, message: string): void
}

export const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined }
