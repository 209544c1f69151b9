import { sql } from 'kysely'
import type { OperatorContext } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import { type DefineRegistry, defineRegistry } from '../registries/define.ts'
import type { Zone } from '../registries/put-zone.ts'

type Sandbox = Omit<DefineRegistry, 'zones'> & {
  /** Of which each account has a copy, under a name of its own below this one. Nobody sees it. */
  readonly zone: Zone
}

/** The terms of a zone that its copies follow. */
const terms = sql`standard_fee_minor, phase_fee_minor, fee_currency, renew_fee_minor, cutoff_lead_seconds, drop_time_zone, drop_starts_at,
  drop_lasts_seconds, early_seconds, late_seconds, grace_seconds, may_have_premium, rdap_url, contact_roles, release, drop_also_at,
  grace_full_seconds, grace_probe_seconds, grace_share_percent, drift_earlier_seconds_max, drift_later_seconds_max, late_renewal_days,
  auto_renew_grace_days`

/**
 * Defines the registry of the sandbox, which is simulated, and gives every account a zone of its own there; accounts that are opened later have
 * theirs at once. Terms that change are those of all. Throws what `defineRegistry` throws, and an error of `sandbox_is_simulated` where an
 * account at the registry is real.
 */
export async function openSandbox(ctx: OperatorContext, { zone, ...registry }: Sandbox): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    await defineRegistry({ ...ctx, db: tx }, { ...registry, zones: [zone] })
    await tx
      .updateTable('zone')
      .set({ is_sandbox: true })
      .where('name', '=', zone.name)
      .where('is_sandbox', '=', false)
      .execute()
    await sql`select open_sandbox_zone(id) from account order by id`.execute(tx)
    await sql`
      update zone set (${terms}) = (select ${terms} from zone as original where original.name = ${zone.name})
      where sandbox_account_id is not null
        and row(${terms}) is distinct from (select row(${terms}) from zone as original where original.name = ${zone.name})`.execute(
      tx,
    )
  })
}
