/** What whoever numbers events, or plans their deliveries, notifies. */
export const EVENTS_CHANNEL = 'droplock_events'

/** One place to wait at, and to wake those who do. */
export type WakeUp = {
  readonly wake: () => void
  /** Fulfilled when somebody wakes, after `msMax`, or when `signal` aborts. A wake-up that nobody waits for is kept for the next. */
  readonly wait: (msMax: number, signal: AbortSignal) => Promise<void>
}

export function createWakeUp(): WakeUp {
  let next = new AbortController()
  return {
    wake: () => next.abort(),
    wait: async (msMax, signal) => {
      const woken = next
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, msMax)
        const ended = AbortSignal.any([woken.signal, signal])
        const end = () => {
          clearTimeout(timer)
          resolve()
        }
        if (ended.aborted) end()
        else ended.addEventListener('abort', end, { once: true })
      })
      if (woken.signal.aborted && next === woken) next = new AbortController()
    },
  }
}
