import type { AlarmKind } from '@droplock/rules/alarms/kinds'
import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { closeOpen } from './close-open.ts'

export type ClearAlarm = { readonly kind: AlarmKind; readonly subject: string }

/**
 * Closes alarms by themselves, because their cause is gone; each is an event `alarm.closed`. Of those that are not open nothing
 * happens. `ctx.db` may be the transaction of what ended the cause.
 */
export async function clearAlarms(ctx: Context, alarms: readonly ClearAlarm[]): Promise<void> {
  if (alarms.length === 0) return
  const kinds = alarms.map(({ kind }) => kind)
  const subjects = alarms.map(({ subject }) => subject)
  await closeOpen(ctx, sql`(kind, subject) in (select * from unnest(${kinds}::text[], ${subjects}::text[]))`)
}
