import type { Attempt } from '@droplock/core/targets/record'
import type { Journal } from '../journal/journal.ts'

/** Completed attempts kept in memory while the database is away; older ones are then only in the journal. */
const ATTEMPTS_KEPT_MAX = 200_000

/** Attempts per flush: one INSERT each. */
const ATTEMPTS_PER_FLUSH = 2_000

/** The attempts of one registry account on their way to the database. The hot path only appends. */
export type Evidence = {
  readonly sent: (attempt: Attempt) => void
  readonly done: (attempt: Attempt) => void
  /** Takes the completed attempts of one target, to be written with its settlement. */
  readonly takeOf: (targetId: string) => readonly Attempt[]
  readonly isEmpty: () => boolean
  /** Writes what has completed, in batches. Throws what `write` throws, and then keeps the batch. */
  readonly flush: (write: (attempts: readonly Attempt[]) => Promise<void>) => Promise<void>
}

/** Evidence that goes through a journal first. */
export function createEvidence(journal: Journal): Evidence {
  let completed: Attempt[] = []
  const underWay = new Set<string>()
  return {
    sent: (attempt) => {
      journal.sent(attempt)
      underWay.add(attempt.clTRID)
    },
    done: (attempt) => {
      if (underWay.delete(attempt.clTRID)) journal.answered(attempt)
      completed.push(attempt)
      if (completed.length > ATTEMPTS_KEPT_MAX) completed = completed.slice(-ATTEMPTS_KEPT_MAX)
    },
    takeOf: (targetId) => {
      const taken = completed.filter((attempt) => attempt.targetId === targetId)
      completed = completed.filter((attempt) => attempt.targetId !== targetId)
      return taken
    },
    isEmpty: () => completed.length === 0 && underWay.size === 0,
    flush: async (write) => {
      while (completed.length > 0) {
        const batch = completed.splice(0, ATTEMPTS_PER_FLUSH)
        try {
          await write(batch)
        } catch (error) {
          completed = [...batch, ...completed]
          throw error
        }
      }
    },
  }
}
