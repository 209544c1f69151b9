import type { Clock } from '@droplock/epp/clock'

type Timer = { readonly atMs: number; readonly order: number; run: (() => void) | undefined }

export type VirtualTime = Clock & {
  /** Epoch milliseconds. */
  epochMs(): number
  /** Lets time pass, from timer to timer, until `wanted` resolves or rejects. Throws when that takes more than `msMax`. */
  until<Value>(wanted: Promise<Value>, msMax: number): Promise<Value>
  /** Lets `ms` pass. */
  pass(ms: number): Promise<void>
}

/** The machine's own, whatever a simulation puts in its place. */
const nextTurn = setImmediate

/** Processes all pending promises. */
const settle = () => new Promise<void>((resolve) => nextTurn(resolve))

function isBefore(a: Timer, b: Timer): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order)
}

/** A binary heap of timers by time; those of one instant keep the order in which they were set. */
class Timers {
  readonly #heap: Timer[] = []

  get first(): Timer | undefined {
    while (this.#heap[0] !== undefined && this.#heap[0].run === undefined) this.shift()
    return this.#heap[0]
  }

  push(timer: Timer): void {
    let index = this.#heap.push(timer) - 1
    while (index > 0) {
      const parent = (index - 1) >> 1
      const above = this.#heap[parent]
      if (above === undefined || isBefore(above, timer)) break
      this.#heap[index] = above
      index = parent
    }
    this.#heap[index] = timer
  }

  shift(): void {
    const last = this.#heap.pop()
    if (last === undefined || this.#heap.length === 0) return
    let index = 0
    for (;;) {
      const child = this.#earlierChild(index)
      const below = this.#heap[child]
      if (below === undefined || isBefore(last, below)) break
      this.#heap[index] = below
      index = child
    }
    this.#heap[index] = last
  }

  #earlierChild(index: number): number {
    const [left, right] = [this.#heap[2 * index + 1], this.#heap[2 * index + 2]]
    return left !== undefined && right !== undefined && isBefore(right, left) ? 2 * index + 2 : 2 * index + 1
  }
}

/** A clock for both client and registry, which jumps from timer to timer, so that idle time costs nothing. */
export function virtualTime(startEpochMs: number): VirtualTime {
  const startMs = 1_000
  let nowMs = startMs
  let order = 0
  const timers = new Timers()
  const epochMs = () => startEpochMs + nowMs - startMs
  const step = async (untilMs: number): Promise<boolean> => {
    const timer = timers.first
    if (timer === undefined || timer.atMs > untilMs) return false
    timers.shift()
    nowMs = Math.max(nowMs, timer.atMs)
    timer.run?.()
    await settle()
    return true
  }
  return {
    nowMs: () => nowMs,
    epochMs,
    date: () => new Date(epochMs()),
    after(delayMs, run) {
      order += 1
      const timer: Timer = { atMs: nowMs + Math.max(0, delayMs), order, run }
      timers.push(timer)
      return () => {
        timer.run = undefined
      }
    },
    async until(wanted, msMax) {
      const state = { settled: false }
      const noted = () => {
        state.settled = true
      }
      wanted.then(noted, noted)
      const untilMs = nowMs + msMax
      await settle()
      while (!state.settled) {
        if (!(await step(untilMs))) throw new Error(`not within ${msMax} ms`)
      }
      return wanted
    },
    async pass(ms) {
      const untilMs = nowMs + ms
      await settle()
      while (await step(untilMs));
      nowMs = untilMs
    },
  }
}
