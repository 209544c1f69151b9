import type { Money } from '@droplock/rules/money'
import { expiryOf } from '@droplock/rules/renewals'
import { sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
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
 * Records a caught name and what its registry charged: as the answer said, else the standard and the phase fee that were copied when
 * its target was armed, in the registry's currency; `basis` says which. The caller holds the locks of target and backorder and has
 * recorded the attempts. Returns when the registration expires.
 */
export async function recordRegistration(
  tx: Transaction<Database>,
  ctx: Context,
  { backorder, targetId, registryAccountId, crDate, exDate, charged }: Caught,
): Promise<Date> {
  const expiresAt = expiryOf(crDate, exDate)
  await tx
    .insertInto('registration')
    .values({
      id: ctx.newId(),
      backorder_id: backorder.id,
      account_id: backorder.account_id,
      registry_account_id: registryAccountId,
      name: backorder.name,
      cr_date: crDate,
      expires_at: expiresAt,
    })
    .execute()
  // Without an answer to the create (`info` showed that the name is ours) the charge is known and its transaction ids are not.
  await sql`
    insert into registry_charge (id, registry_account_id, kind, name, years, amount_minor, currency, basis, charged_at, cltrid, svtrid,
      backorder_id)
    select ${ctx.newId()}, ${registryAccountId}, 'registration', ${backorder.name}, 1,
      coalesce(${charged?.amountMinor ?? null}::bigint, fee_max_minor), coalesce(${charged?.currency ?? null}, fee_currency),
      ${charged === undefined ? 'configured' : 'answered'}, ${crDate},
      won.cltrid, won.svtrid, ${backorder.id}
    from catch_target left join lateral (select cltrid, svtrid from catch_attempt
      where target_id = catch_target.id and registry_account_id = ${registryAccountId} and command = 'create' and code = 1000
      order by sent_at limit 1) as won on true
    where catch_target.id = ${targetId}`.execute(tx)
  return expiresAt
}
