import type { AlarmKind } from '@droplock/rules/alarms/kinds'
import { type RawBuilder, sql } from 'kysely'
import type { Context } from '../context.ts'
import { withinTransaction } from '../database/transaction.ts'
import { publishAll } from '../events/publish.ts'

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

/** Closes the open alarms that meet the condition. They are locked in the order in which `raiseAlarms` writes them. */
export async function closeOpen(ctx: Context, condition: RawBuilder<unknown>): Promise<void> {
  await withinTransaction(ctx.db, async (tx) => {
    const { rows } = await sql<{ id: string }>`
    with gone as (
      select id from alarm where closed_at is null and ${condition}
      order by kind || ' ' || subject collate "C" for update)
    update alarm set closed_at = greatest(clock_timestamp(), raised_at) from gone where alarm.id = gone.id
    returning alarm.id`.execute(tx)
    await publishAll(
      tx,
      ctx,
      'alarm.closed',
      rows.map(({ id }) => id),
    )
  })
}
