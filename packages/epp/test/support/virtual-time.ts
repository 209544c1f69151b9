import type { Clock } from '../../src/clock.ts'

type Timer = { readonly atMs: number; readonly run: () => void }

export type VirtualTime = Clock & {
  /** Lets `ms` pass; between two timers all pending promises are processed. */
  pass(ms: number): Promise<void>
}

const flushPromises = () => new Promise<void>((resolve) => setImmediate(resolve))

/** A clock for hours of simulated work: it jumps from timer to timer. */
export function virtualTime(): VirtualTime {
  let nowMs = 1_000
  const timers = new Set<Timer>()
  const next = (untilMs: number): Timer | undefined => {
    let first: Timer | undefined
    for (const timer of timers) {
      if (timer.atMs <= untilMs && (first === undefined || timer.atMs < first.atMs)) first = timer
    }
    return first
  }
  return {
    nowMs: () => nowMs,
    date: () => new Date(Date.UTC(2026, 10, 24) + nowMs),
    after(delayMs, run) {
      const timer = { atMs: nowMs + delayMs, run }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    async pass(ms) {
      const untilMs = nowMs + ms
      await flushPromises()
      for (let timer = next(untilMs); timer !== undefined; timer = next(untilMs)) {
        timers.delete(timer)
        nowMs = Math.max(nowMs, timer.atMs)
        timer.run()
        await flushPromises()
      }
      nowMs = untilMs
    },
  }
}

/** How long `passUntil` waits, in simulated time. */
const BOUND_MS = 120_000

/** Lets time pass until a promise is resolved or rejected. Throws when that takes too long. */
export async function passUntil<Value>(clock: VirtualTime, wanted: Promise<Value>): Promise<Value> {
  const state = { done: false }
  const finished = wanted.finally(() => {
    state.done = true
  })
  finished.catch(() => undefined)
  const untilMs = clock.nowMs() + BOUND_MS
  while (!state.done) {
    if (clock.nowMs() > untilMs) throw new Error(`not within ${BOUND_MS} ms`)
    await clock.pass(50)
  }
  return wanted
}
