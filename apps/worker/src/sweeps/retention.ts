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
import { type Beat, drain } from '../beats/beats.ts'

const usual = Object.entries(retentionPolicy)

/** `{"attempt":180}`: what is to be kept for another time than usual, in days. Kinds that are not named keep theirs. */
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
