import { type RawBuilder, sql } from 'kysely'
import type { Context } from '../context.ts'
import { withinTransaction } from '../database/transaction.ts'
import { publishAll } from '../events/publish.ts'

/**
 * Closes the open alarms that meet the condition. They are locked in the order in which `raiseAlarms` writes them. Sweeps ask every
 * few seconds and mostly find none: then there is no transaction.
 */
export async function closeOpen(ctx: Context, condition: RawBuilder<unknown>): Promise<void> {
  if (!(await isAnyOpen(ctx, condition))) return
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

async function isAnyOpen(ctx: Context, condition: RawBuilder<unknown>): Promise<boolean> {
  const { rows } = await sql`select from alarm where closed_at is null and ${condition} limit 1`.execute(
    ctx.db,
  )
  return rows.length > 0
}
