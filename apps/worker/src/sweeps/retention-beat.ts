import type { Context } from '@droplock/core/context'
import { prune } from '@droplock/core/retention/prune'
import { type RetentionDays, type RetentionKind, retentionPolicy } from '@droplock/rules/retention/policy'
import { drain } from '../beats/drain.ts'
import type { Beat } from '../beats/keep-beat.ts'

export type RetentionRule = {
  readonly everyMs: number
  readonly days: RetentionDays
}

const kinds = Object.keys(retentionPolicy) as readonly RetentionKind[]

/**
 * Removes what has had its time, kind after kind and batch after batch: one connection, short transactions. What one run leaves the
 * next goes on with, in this worker or another. A kind that fails does not keep the others; the run fails at its end.
 */
export function retentionBeat(ctx: Context, { everyMs, days }: RetentionRule): Beat {
  return {
    name: 'retention.prune',
    everyMs,
    run: async (signal) => {
      const batches: Partial<Record<RetentionKind, number>> = {}
      const failures: unknown[] = []
      for (const kind of kinds) {
        try {
          const done = await drain(async () => (await prune(ctx, kind, days[kind])) > 0, signal)
          if (done > 0) batches[kind] = done
        } catch (error) {
          failures.push(error)
        }
      }
      if (failures.length > 0) throw new AggregateError(failures, 'not everything could be pruned')
      return Object.keys(batches).length === 0 ? undefined : { batches }
    },
  }
}
