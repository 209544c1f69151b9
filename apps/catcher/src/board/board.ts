import { setTimeout as delay } from 'node:timers/promises'
import type { Target } from '../plan/target.ts'

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
  let change = Promise.withResolvers<void>()
  const wake = () => {
    change.resolve()
    change = Promise.withResolvers<void>()
  }
  return {
    all: () => targets.values(),
    get: (id) => targets.get(id),
    put: (target) => {
      targets.set(target.id, target)
      wake()
    },
    remove: (id) => {
      targets.delete(id)
    },
    changed: (ms, signal) => sleepUntil(ms, signal, change.promise),
  }
}

async function sleepUntil(ms: number, signal: AbortSignal, change: Promise<void>): Promise<void> {
  const done = new AbortController()
  const asleep = delay(ms, undefined, { signal: AbortSignal.any([signal, done.signal]) })
  await Promise.race([asleep.catch(() => undefined), change])
  done.abort()
}
