import { sql } from 'kysely'
import type { Context } from '../context.ts'
import type { RaiseAlarm } from './raise.ts'

/** Without a catcher now, a name that drops within this may be lost: an hour is time to get up and look. */
const NEAR_SECONDS = 3_600

/**
 * The registry accounts that have undecided targets whose window is near or past and that no catcher holds the lease of, by the
 * database's clock, as alarms `lease_unheld`.
 */
export async function findUnheldLeases(ctx: Context): Promise<readonly Omit<RaiseAlarm, 'kind'>[]> {
  const { rows } = await sql<{ id: string; targets: bigint; firstDropAt: Date }>`
    select account.id, count(*) as targets, min(target.drop_from) as "firstDropAt"
    from registry_account as account join catch_target as target on target.registry_id = account.registry_id
    where target.state in ('armed', 'firing', 'ambiguous', 'awaiting_award')
      and target.drop_from <= statement_timestamp() + make_interval(secs => ${NEAR_SECONDS})
      and (account.lease_expires_at is null or account.lease_expires_at <= statement_timestamp())
    group by account.id`.execute(ctx.db)
  return rows.map(({ id, targets, firstDropAt }) => ({
    subject: id,
    facts: { targets: Number(targets), firstDropAt: firstDropAt.toISOString() },
  }))
}
