import { createChange } from '../loops.ts'
import type { Target } from '../plan/target.ts'

/** The targets of one registry account in memory. Loops can wait for a change. */
export type TargetStore = {
  readonly all: () => Iterable<Target>
  readonly get: (id: string) => Target | undefined
  readonly put: (target: Target) => void
  readonly remove: (id: string) => void
  /** Resolves at the next change, after `ms`, or when the signal aborts; never rejects. */
  readonly changed: (ms: number, signal: AbortSignal) => Promise<void>
}

/** Creates an empty store. */
export function createTargetStore(): TargetStore {
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
