import { setTimeout as delay } from 'node:timers/promises'

/** A change that several loops can wait for. */
export type Change = {
  /** Wakes all loops that wait now. */
  readonly announce: () => void
  /** Resolves at the next change, after `ms`, or when the signal aborts; never rejects. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>
}

export function createChange(): Change {
  let next = Promise.withResolvers<void>()
  return {
    announce: () => {
      next.resolve()
      next = Promise.withResolvers<void>()
    },
    wait: async (ms, signal) => {
      const done = new AbortController()
      const asleep = pause(ms, AbortSignal.any([signal, done.signal]))
      await Promise.race([asleep, next.promise])
      done.abort()
    },
  }
}

/** Wakes one waiting loop. Cheap, for a loop that waits a thousand times a second. */
export class WakeUp {
  #wake: (() => void) | undefined
  #isWoken = false

  /** Ends the wait, or the next one if nobody waits. */
  wake(): void {
    this.#isWoken = true
    this.#wake?.()
  }

  /** Resolves after `ms`, or when woken. */
  wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer)
        this.#wake = undefined
        this.#isWoken = false
        resolve()
      }
      const timer = setTimeout(end, ms)
      this.#wake = end
      if (this.#isWoken) end()
    })
  }

  /** Resolves when `isOver` or when woken, checked in every turn of the event loop: to a small part of a millisecond, and busy meanwhile. */
  async spin(isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      await new Promise(setImmediate)
      if (this.#isWoken) break
    }
    this.#isWoken = false
  }
}

/** Resolves after `ms`, or when the signal aborts; never rejects. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => undefined)
}

/** Resolves when the signal aborts. */
export async function untilAborted(signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  signal.addEventListener('abort', () => resolve(), { once: true })
  if (signal.aborted) resolve()
  await promise
}

export type Loop = (signal: AbortSignal) => Promise<void>

/**
 * Runs loops until the signal aborts, or one of them ends or throws: then all are aborted. Resolves when every loop has ended;
 * rejects with the first error.
 */
export async function runTogether(loops: readonly Loop[], stop: AbortSignal): Promise<void> {
  const over = new AbortController()
  const signal = AbortSignal.any([stop, over.signal])
  const failures: unknown[] = []
  const run = async (loop: Loop) => {
    try {
      await loop(signal)
    } catch (error) {
      failures.push(error)
    }
    over.abort()
  }
  await Promise.all(loops.map(run))
  if (failures.length > 0) throw failures[0]
}
