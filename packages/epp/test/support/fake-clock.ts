import type { Clock } from '../../src/clock.ts'

type FakeClock = Clock & {
  /** Moves the clock by `ms` and runs the timers that are due, in order. */
  advance(ms: number): void
}

/** A clock that moves only by `advance`. */
export function fakeClock(startMs = 1_000): FakeClock {
  let nowMs = startMs
  let timers: { atMs: number; run: () => void }[] = []
  const due = (untilMs: number) =>
    timers.toSorted((a, b) => a.atMs - b.atMs).find(({ atMs }) => atMs <= untilMs)
  return {
    nowMs: () => nowMs,
    date: () => new Date(Date.UTC(2026, 10, 24) + nowMs),
    after(delayMs, run) {
      const timer = { atMs: nowMs + delayMs, run }
      timers.push(timer)
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
    advance(ms) {
      const untilMs = nowMs + ms
      for (let timer = due(untilMs); timer !== undefined; timer = due(untilMs)) {
        const { atMs, run } = timer
        timers = timers.filter((other) => other !== timer)
        nowMs = Math.max(nowMs, atMs)
        run()
      }
      nowMs = untilMs
    },
  }
}
