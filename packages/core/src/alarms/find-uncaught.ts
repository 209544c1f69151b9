import { sql } from 'kysely'
import type { Context } from '../context.ts'
import type { RaiseAlarm } from './raise.ts'

/** Nobody reads more of one cause; those that drop first come first. */
const TARGETS_MAX = 200

/**
 * The undecided targets whose registry has no account of ours, so that no catcher can ever create them, as alarms
 * `target_uncaught`. Where there is an account and no catcher, see `findUnheldLeases`.
 */
export async function findUncaughtTargets(ctx: Context): Promise<readonly Omit<RaiseAlarm, 'kind'>[]> {
  const { rows } = await sql<{ id: string; name: string; registry: string; dropFrom: Date }>`
    select id, name, registry_id as registry, drop_from as "dropFrom" from catch_target as target
    where state in ('armed', 'firing', 'ambiguous', 'awaiting_award')
      and not exists (select from registry_account as account where account.registry_id = target.registry_id)
    order by drop_from, id limit ${TARGETS_MAX}`.execute(ctx.db)
  return rows.map(({ id, name, registry, dropFrom }) => ({
    subject: id,
    facts: { name, registry, dropFrom: dropFrom.toISOString() },
  }))
}
