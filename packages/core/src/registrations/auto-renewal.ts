import type { AutoRenewal } from '@droplock/rules/registrations/auto-renewal'
import { sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'
import { publish } from '../events/publish.ts'
import { lockRegistration } from '../locks.ts'
import { zoneOfRegistration } from './read.ts'

/** Records that the registry renewed a name by itself. A repeat changes nothing. ADR 28. */
export async function recordAutoRenewal(
  ctx: Context,
  registrationId: string,
  autoRenewal: AutoRenewal,
): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const { ended_at, auto_renewed_until: known } = await lockRegistration(tx, registrationId)
    if (ended_at !== null || (known !== null && known >= autoRenewal.until)) return
    await keepAutoRenewal(tx, ctx, registrationId, autoRenewal)
  })
}

/** The same in a transaction whose caller holds the registration's lock; what is recorded was not known before. */
export async function keepAutoRenewal(
  tx: Transaction<Database>,
  ctx: Context,
  registrationId: string,
  { at, until }: AutoRenewal,
): Promise<void> {
  await tx
    .updateTable('registration')
    .set({ auto_renewed_until: until })
    .where('id', '=', registrationId)
    .execute()
  // The registry charges a year at each expiry. Its answer names no fee and no command of ours, so the zone's fee it is.
  for (const chargedAt of at)
    await sql`
      insert into registry_charge (id, registry_account_id, kind, name, years, amount_minor, currency, basis, charged_at, registration_id)
      select ${ctx.newId()}, registry_account_id, 'auto_renewal', registration.name, 1, zone.renew_fee_minor, zone.fee_currency,
        'configured', ${chargedAt}, registration.id
      from registration join zone on zone.name = ${zoneOfRegistration}
      where registration.id = ${registrationId}`.execute(tx)
  await publish(tx, ctx, 'registration.auto_renewed', registrationId)
}
