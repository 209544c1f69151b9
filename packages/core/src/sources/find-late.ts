import { lateSince } from '@droplock/rules/schedule/list-lateness'
import type { RaiseAlarm } from '../alarms/raise.ts'
import type { Context } from '../context.ts'
import { databaseTime } from '../database/time.ts'
import { readEnabled, toSource } from './internal.ts'

/** The enabled sources that have had no new list for too long, or none in time today, as alarms `list_late`. */
export async function findLateLists(ctx: Context): Promise<readonly Omit<RaiseAlarm, 'kind'>[]> {
  const now = await databaseTime(ctx.db)
  const rows = await readEnabled(ctx.db)
  return rows.flatMap((row) => {
    const since = lateSince(toSource(row), row.list_at, now)
    if (since === undefined) return []
    const facts = {
      source: `${row.registry_id} ${row.address}`,
      lastListAt: row.list_at.toISOString(),
      lateSince: since.toISOString(),
      ...(row.failure !== null && { lastFailure: row.failure }),
    }
    return [{ subject: row.id, facts }]
  })
}
