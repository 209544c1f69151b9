import { setTimeout as delay } from 'node:timers/promises'

/** Something that several wait for. */
export type Change = {
  /** Wakes all who wait now. */
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

/** Resolves after `ms`, or when the signal aborts; never rejects. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => undefined)
}
