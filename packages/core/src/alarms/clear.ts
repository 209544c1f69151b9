import type { AlarmKind } from '@droplock/rules/alarms/kinds'
import { sql } from 'kysely'
import type { Context } from '../context.ts'

export type ClearAlarm = { readonly kind: AlarmKind; readonly subject: string }

/** Closes the alarm by itself, because its cause is gone. Without an open one nothing happens. */
export async function clearAlarm(ctx: Context, { kind, subject }: ClearAlarm): Promise<void> {
  await sql`
    update alarm set closed_at = greatest(clock_timestamp(), raised_at)
    where kind = ${kind} and subject = ${subject} and closed_at is null`.execute(ctx.db)
}
