import type { Money } from '@droplock/rules/money'
import { expiryOf } from '@droplock/rules/renewals'
import { sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import { sendTogether } from '../database/send-together.ts'
import type { Database } from '../database/tables.gen.ts'
import type { LockedBackorder } from '../locks.ts'

type Caught = {
  readonly backorder: LockedBackorder
  readonly targetId: string
  readonly registryAccountId: string
  readonly crDate: Date
  /** When the registration expires, where the registry said so. */
  readonly exDate?: Date | undefined
  /** What the registry charged, where its answer said so. */
  readonly charged?: Money | undefined
}

/**
 * Records caught names and what their registries charged: as the answer said, else the standard and the phase fee that were copied when
 * the target was armed, in the registry's currency; `basis` says which. The caller holds the locks of targets and backorders and has
 * recorded the attempts. Returns when each registration expires, in the same order.
 */
export async function recordRegistrations(
  tx: Transaction<Database>,
  ctx: Context,
  caught: readonly Caught[],
): Promise<readonly Date[]> {
  if (caught.length === 0) return []
  const expiries = caught.map(({ crDate, exDate }) => expiryOf(crDate, exDate))
  const registering = sql`
    insert into registration (id, backorder_id, account_id, registry_account_id, name, cr_date, expires_at)
    select * from unnest(
      ${caught.map(() => ctx.newId())}::uuid[], ${caught.map((each) => each.backorder.id)}::uuid[],
      ${caught.map((each) => each.backorder.account_id)}::uuid[], ${caught.map((each) => each.registryAccountId)}::text[],
      ${caught.map((each) => each.backorder.name)}::text[], ${caught.map((each) => each.crDate)}::timestamptz[],
      ${expiries}::timestamptz[])`.execute(tx)
  // Without an answer to the create (`info` showed that the name is ours) the charge is known and its transaction ids are not.
  const charging = sql`
    insert into registry_charge (id, registry_account_id, kind, name, years, amount_minor, currency, basis, charged_at, cltrid, svtrid,
      backorder_id)
    select caught.id, caught.registry_account_id, 'registration', target.name, 1,
      coalesce(caught.amount_minor, target.fee_max_minor), coalesce(caught.currency, target.fee_currency),
      case when caught.amount_minor is null then 'configured' else 'answered' end, caught.cr_date,
      won.cltrid, won.svtrid, target.backorder_id
    from unnest(
      ${caught.map(() => ctx.newId())}::uuid[], ${caught.map((each) => each.targetId)}::uuid[],
      ${caught.map((each) => each.registryAccountId)}::text[], ${caught.map((each) => each.crDate)}::timestamptz[],
      ${caught.map((each) => each.charged?.amountMinor ?? null)}::bigint[],
      ${caught.map((each) => each.charged?.currency ?? null)}::text[])
      as caught (id, target_id, registry_account_id, cr_date, amount_minor, currency)
    join catch_target as target on target.id = caught.target_id
    left join lateral (select cltrid, svtrid from catch_attempt
      where target_id = target.id and registry_account_id = caught.registry_account_id and command = 'create' and code = 1000
      order by sent_at limit 1) as won on true`.execute(tx)
  await sendTogether([registering, charging])
  return expiries
}
