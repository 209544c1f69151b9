import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { findTargets } from './find-targets.ts'
import type { RaiseAlarm } from './raise.ts'

/**
 * The undecided targets whose registry has no account of ours, so that no catcher can ever create them, as alarms
 * `target_uncaught`. Where they are many, those that drop first (see `findTargets`). Where there is an account and no catcher, see
 * `findUnheldLeases`.
 */
export async function findUncaughtTargets(ctx: Context): Promise<readonly Omit<RaiseAlarm, 'kind'>[]> {
  const isCause = sql`not exists (
    select from registry_account as account where account.registry_id = catch_target.registry_id)`
  const targets = await findTargets(ctx, 'target_uncaught', isCause, 'drop_from')
  return targets.map(({ id, name, registry, dropFrom }) => ({
    subject: id,
    facts: { name, registry, dropFrom: dropFrom.toISOString() },
  }))
}
