import type { Attempt } from '@droplock/core/targets/record'
import type { Answer, Sent } from '@droplock/rules/ports/registrar'
import type { FeeQuote } from '@droplock/rules/ports/registry-objects'
import type { Journal } from './journal.ts'

type About = Pick<Attempt, 'targetId' | 'registryAccountId' | 'command'>

/** An attempt when it is sent: until its answer arrives, its effect is unknown. */
export function attemptSent(about: About, sent: Sent): Attempt {
  return {
    ...about,
    clTRID: sent.clTRID,
    sentAt: sent.sentAt,
    answeredAt: null,
    roundTripUs: null,
    outcome: 'unknown',
    code: null,
    message: null,
    svTRID: null,
  }
}

/**
 * An attempt with its answer; undefined for a command that was not sent, which is no attempt. `note` is added to the registry's
 * message.
 */
export function attemptDone(about: About, answer: Answer<unknown>, note?: string): Attempt | undefined {
  if (answer.kind === 'not_sent') return undefined
  const attempt = attemptSent(about, answer)
  if (answer.kind === 'unknown') return { ...attempt, message: answer.reason }
  const roundTripMs = answer.answeredAtMs - answer.sentAtMs
  return {
    ...attempt,
    answeredAt: new Date(answer.sentAt.getTime() + roundTripMs),
    roundTripUs: Math.round(roundTripMs * 1_000),
    outcome: 'answered',
    code: answer.code,
    message: note === undefined ? answer.message : `${answer.message}; ${note}`,
    svTRID: answer.svTRID,
  }
}

/** The price in the answer to a fee check, for its attempt: the registry's price is the proof of a premium name. */
export function quoteNote(answer: Answer<readonly FeeQuote[]>, name: string): string | undefined {
  const quotes = answer.kind === 'answered' ? answer.data : undefined
  const quote = quotes?.find((one) => one.name === name && one.command === 'create')
  if (quote === undefined) return undefined
  const fees = quote.fees.map(({ amount }) => amount).join(' + ') || 'no fee'
  const tier = quote.class === undefined ? '' : `, class ${quote.class}`
  const standard = quote.standard === undefined ? '' : `, ${quote.standard ? 'standard' : 'not standard'}`
  return `a year costs ${fees} ${quote.currency}${tier}${standard}`
}

/** Completed attempts kept in memory while the database is unavailable. Older ones are then only in the journal. */
const ATTEMPTS_KEPT_MAX = 200_000

/** Attempts per flush: one INSERT each. */
const ATTEMPTS_PER_FLUSH = 2_000

/** The attempts of one registry account before they are in the database. The hot path only appends. */
export type Evidence = {
  readonly sent: (attempt: Attempt) => void
  readonly done: (attempt: Attempt) => void
  /** Removes and returns the completed attempts of one target, to be written with its outcome. */
  readonly takeOf: (targetId: string) => readonly Attempt[]
  readonly isEmpty: () => boolean
  /** Writes completed attempts in batches. When `write` throws, rethrows and keeps the batch. */
  readonly flush: (write: (attempts: readonly Attempt[]) => Promise<void>) => Promise<void>
}

/** Evidence that is written to a journal first. */
export function createEvidence(journal: Journal): Evidence {
  const completed = createByTarget()
  const underWay = new Set<string>()
  return {
    sent: (attempt) => {
      journal.sent(attempt)
      underWay.add(attempt.clTRID)
    },
    done: (attempt) => {
      if (underWay.delete(attempt.clTRID)) journal.answered(attempt)
      completed.add(attempt)
      if (completed.count() > ATTEMPTS_KEPT_MAX) completed.take(1)
    },
    takeOf: completed.takeOf,
    isEmpty: () => completed.count() === 0 && underWay.size === 0,
    flush: async (write) => {
      while (completed.count() > 0) {
        const batch = completed.take(ATTEMPTS_PER_FLUSH)
        try {
          await write(batch)
        } catch (error) {
          for (const attempt of batch) completed.add(attempt)
          throw error
        }
      }
    },
  }
}

/** Attempts by target: those of one are found without looking at all others, also when thousands of names end at once. */
function createByTarget() {
  const byTarget = new Map<string, Attempt[]>()
  let count = 0
  const takeOf = (targetId: string): readonly Attempt[] => {
    const taken = byTarget.get(targetId) ?? []
    byTarget.delete(targetId)
    count -= taken.length
    return taken
  }
  return {
    count: () => count,
    takeOf,
    add: (attempt: Attempt) => {
      const known = byTarget.get(attempt.targetId)
      if (known === undefined) byTarget.set(attempt.targetId, [attempt])
      else known.push(attempt)
      count += 1
    },
    /** Removes and returns up to so many attempts, those of the target that has waited longest first. */
    take: (countMax: number): readonly Attempt[] => {
      const taken: Attempt[] = []
      for (const [targetId, attempts] of byTarget) {
        taken.push(...attempts.splice(0, countMax - taken.length))
        if (attempts.length === 0) byTarget.delete(targetId)
        if (taken.length === countMax) break
      }
      count -= taken.length
      return taken
    },
  }
}
