import type { Context } from '@droplock/core/context'
import { prune } from '@droplock/core/retention/prune'
import {
  RETENTION_DAYS_MAX,
  type RetentionDays,
  type RetentionKind,
  retentionPolicy,
} from '@droplock/rules/retention'
import { json } from '@droplock/settings/values'
import { z } from 'zod'
import { drain, type Job } from '../jobs/jobs.ts'

const usual = Object.entries(retentionPolicy)

/** `{"attempt":180}`: retention periods that differ from the default, in days. */
const Days = z
  .strictObject(
    Object.fromEntries(
      usual.map(([kind, { daysMin }]) => [
        kind,
        z.number().int().min(daysMin).max(RETENTION_DAYS_MAX).optional(),
      ]),
    ),
  )
  .transform(
    (given): RetentionDays =>
      Object.fromEntries(usual.map(([kind, { days }]) => [kind, given[kind] ?? days])) as RetentionDays,
  )

/** JSON object of `RetentionKind` → days. */
export const retentionDays = json(Days).default(Days.parse({}))

export type RetentionRule = {
  readonly everyMs: number
  readonly days: RetentionDays
}

const kinds = Object.keys(retentionPolicy) as readonly RetentionKind[]

/**
 * Prunes what is older than its retention period, kind after kind and batch after batch: one connection, short transactions. The next
 * run goes on where this one ends, in this worker or another. A kind that fails does not stop the others; the run fails at its end.
 */
export function retentionJob(ctx: Context, { everyMs, days }: RetentionRule): Job {
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
