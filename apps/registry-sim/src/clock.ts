/** The registry's time. A test supplies its own. */
export type Clock = {
  /** Epoch milliseconds. */
  nowMs(): number
  /** Runs `run` once after `delayMs`; the returned function cancels it. Absent: the machine's timers are used. */
  after?(delayMs: number, run: () => void): () => void
}

/** The machine's time. */
export const systemClock: Clock = { nowMs: () => Date.now() }

/** Runs `run` once after `delayMs`, by the clock's timers if it has any; the returned function cancels it. */
export function after(clock: Clock, delayMs: number, run: () => void): () => void {
  if (clock.after) return clock.after(delayMs, run)
  const timer = setTimeout(run, delayMs)
  return () => clearTimeout(timer)
}

/** The same day and time `years` later, or earlier if negative; 29 February becomes 1 March where there is none. */
export function addYears(fromMs: number, years: number): number {
  const date = new Date(fromMs)
  return date.setUTCFullYear(date.getUTCFullYear() + years)
}

/** The logger that the simulator needs; pino's type matches. */
export type Log = {
  info(facts: object, message: string): void
  warn(facts: object, message: string): void
  error(facts: object, message: string): void
}

export const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined }
