import { createChange } from '../loops.ts'
import type { Target } from '../plan/target.ts'

/** The targets of one registry account in memory. Loops can wait for a change. */
export type TargetStore = {
  readonly all: () => Iterable<Target>
  readonly get: (id: string) => Target | undefined
  readonly put: (target: Target) => void
  readonly remove: (id: string) => void
  /** Marks a target as withdrawn by operators, for good: whatever is put later stays marked. */
  readonly withdraw: (id: string) => void
  /** Lets those who wait for a change look again. */
  readonly wake: () => void
  /** Resolves at the next change, after `ms`, or when the signal aborts; never rejects. */
  readonly changed: (ms: number, signal: AbortSignal) => Promise<void>
}

/** Creates an empty store. */
export function createTargetStore(): TargetStore {
  const targets = new Map<string, Target>()
  const withdrawing = new Set<string>()
  const change = createChange()
  const put = (target: Target) => {
    const isMarked = withdrawing.has(target.id) && !target.withdrawing
    targets.set(target.id, isMarked ? { ...target, withdrawing: true } : target)
    change.announce()
  }
  return {
    all: () => targets.values(),
    get: (id) => targets.get(id),
    put,
    remove: (id) => {
      targets.delete(id)
      withdrawing.delete(id)
    },
    withdraw: (id) => {
      if (withdrawing.has(id)) return
      withdrawing.add(id)
      const target = targets.get(id)
      if (target !== undefined) put(target)
    },
    wake: change.announce,
    changed: change.wait,
  }
}
