import type { AlarmKind } from '@droplock/rules/alarms/kinds'
import { sql } from 'kysely'
import type { Context } from '../context.ts'

export type ClearAlarm = { readonly kind: AlarmKind; readonly subject: string }

/**
 * Closes alarms by themselves, because their cause is gone. Of those that are not open nothing happens. One statement, which locks
 * in the order in which `raiseAlarms` does. `ctx.db` may be the transaction of what ended the cause.
 */
export async function clearAlarms(ctx: Context, alarms: readonly ClearAlarm[]): Promise<void> {
  if (alarms.length === 0) return
  const kinds = alarms.map(({ kind }) => kind)
  const subjects = alarms.map(({ subject }) => subject)
  await sql`
    with gone as (
      select alarm.id from alarm join unnest(${kinds}::text[], ${subjects}::text[]) as cleared (kind, subject)
        using (kind, subject)
      where closed_at is null
      order by kind || ' ' || subject collate "C" for update of alarm)
    update alarm set closed_at = greatest(clock_timestamp(), raised_at) from gone where alarm.id = gone.id`.execute(
    ctx.db,
  )
}
