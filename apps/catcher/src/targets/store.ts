import type { Seen } from '../plan/observe-release.ts'
import type { Target } from '../plan/target.ts'

/** Who follows the targets: a plan, or a loop that waits. Every part is called at once, in the same turn. */
export type Follower = {
  readonly put: (target: Target) => void
  readonly remove: (id: string) => void
  /** An answer showed something about the release of a name. */
  readonly learn?: (id: string, seen: Seen) => void
}

/** The targets of one registry account in memory. */
export type TargetStore = {
  readonly all: () => Iterable<Target>
  readonly get: (id: string) => Target | undefined
  readonly put: (target: Target) => void
  readonly remove: (id: string) => void
  /** Marks a target as withdrawn by operators, for good: whatever is put later stays marked. */
  readonly withdraw: (id: string) => void
  readonly learn: (id: string, seen: Seen) => void
  /** Calls the follower with all targets, and then with every change; the returned function ends that. */
  readonly follow: (follower: Follower) => () => void
}

/** Creates an empty store. */
export function createTargetStore(): TargetStore {
  const targets = new Map<string, Target>()
  const withdrawing = new Set<string>()
  const followers = new Set<Follower>()
  const put = (target: Target) => {
    const isMarked = withdrawing.has(target.id) && !target.withdrawing
    const marked = isMarked ? { ...target, withdrawing: true } : target
    targets.set(target.id, marked)
    for (const follower of followers) follower.put(marked)
  }
  return {
    all: () => targets.values(),
    get: (id) => targets.get(id),
    put,
    remove: (id) => {
      targets.delete(id)
      withdrawing.delete(id)
      for (const follower of followers) follower.remove(id)
    },
    withdraw: (id) => {
      if (withdrawing.has(id)) return
      withdrawing.add(id)
      const target = targets.get(id)
      if (target !== undefined) put(target)
    },
    learn: (id, seen) => {
      for (const follower of followers) follower.learn?.(id, seen)
    },
    follow: (follower) => {
      followers.add(follower)
      for (const target of targets.values()) follower.put(target)
      return () => void followers.delete(follower)
    },
  }
}
