import type { RegistrationEnd } from '@droplock/rules/registrations/held'
import { sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockRegistration } from '../locks.ts'
import { finishRequest } from '../registry-requests/record.ts'
import { endRegistration } from './confirm.ts'
import { zoneOfRegistration } from './read.ts'

export type DeletionSettlement = {
  readonly requestId: string
  readonly registrationId: string
  readonly outcome: RegistrationEnd
  /** The EPP result code that decided it, and the svTRID of that answer; null where neither did. */
  readonly code: number | null
  readonly svTRID: string | null
}

/**
 * Settles the deletion of a name that nobody renewed: its registration ends, and where the registry's grace after its own renewal has not
 * passed, its charge is credited (RFC 3915 §3.1). A repeat returns false. ADR 28.
 */
export async function settleDeletion(ctx: Context, settlement: DeletionSettlement): Promise<boolean> {
  const { registrationId, outcome, svTRID } = settlement
  return inTransaction(ctx.db, async (tx) => {
    const registration = await lockRegistration(tx, registrationId)
    const now = await databaseTime(tx)
    if (!(await finishRequest(tx, settlement, now)) || registration.ended_at !== null) return false
    if (outcome === 'deleted') await creditAutoRenewal(tx, ctx, registrationId, { now, svTRID })
    await endRegistration(tx, ctx, registrationId, outcome)
    return true
  })
}

/** Books the credit of the last of its auto-renewals: the registry still has its grace for no other. */
async function creditAutoRenewal(
  tx: Transaction<Database>,
  ctx: Context,
  registrationId: string,
  { now, svTRID }: { readonly now: Date; readonly svTRID: string | null },
): Promise<void> {
  await sql`
    insert into registry_charge (id, registry_account_id, kind, name, years, amount_minor, currency, basis, charged_at, cltrid, svtrid,
      registration_id)
    select ${ctx.newId()}, charge.registry_account_id, 'auto_renewal_credit', charge.name, 1, -charge.amount_minor, charge.currency,
      charge.basis, ${now}, request.cltrid, ${svTRID}, charge.registration_id
    from registry_charge as charge join registration on registration.id = charge.registration_id
      join registry_request as request on request.registration_id = registration.id
      join zone on zone.name = ${zoneOfRegistration}
    where charge.registration_id = ${registrationId} and charge.kind = 'auto_renewal' and auto_renewed_until is not null
      and charge.charged_at + make_interval(days => auto_renew_grace_days) > ${now}
    order by charge.charged_at desc limit 1`.execute(tx)
}
