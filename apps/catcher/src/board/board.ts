import { setTimeout as delay } from 'node:timers/promises'
import type { Target } from '../plan/target.ts'

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

/** The targets of one registry account, in memory; wakes whoever waits for a change. */
export type Board = {
  readonly all: () => Iterable<Target>
  readonly get: (id: string) => Target | undefined
  readonly put: (target: Target) => void
  readonly remove: (id: string) => void
  /** Resolves at the next change, after `ms`, or when the signal aborts; never rejects. */
  readonly changed: (ms: number, signal: AbortSignal) => Promise<void>
}

/** An empty board. */
export function createBoard(): Board {
  const targets = new Map<string, Target>()
  const change = createChange()
  return {
    all: () => targets.values(),
    get: (id) => targets.get(id),
    put: (target) => {
      targets.set(target.id, target)
      change.announce()
    },
    remove: (id) => {
      targets.delete(id)
    },
    changed: change.wait,
  }
}
