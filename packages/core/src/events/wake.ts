/** What whoever numbers events, or plans their deliveries, notifies. */
export const EVENTS_CHANNEL = 'droplock_events'

/** One place to wait at, and to wake those who do. */
export type WakeUp = {
  readonly wake: () => void
  /** Fulfilled when somebody wakes, after `msMax`, or when `signal` aborts. A wake-up that nobody waits for is kept for the next. */
  readonly wait: (msMax: number, signal: AbortSignal) => Promise<void>
}

export function createWakeUp(): WakeUp {
  const waiting = new Set<() => void>()
  let isKept = false
  return {
    wake: () => {
      isKept = waiting.size === 0
      for (const end of waiting) end()
    },
    wait: (msMax, signal) =>
      new Promise((resolve) => {
        const end = () => {
          clearTimeout(timer)
          signal.removeEventListener('abort', end)
          waiting.delete(end)
          resolve()
        }
        const timer = setTimeout(end, msMax)
        signal.addEventListener('abort', end)
        waiting.add(end)
        if (isKept || signal.aborted) end()
        isKept = false
      }),
  }
}
