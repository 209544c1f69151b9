import { isTerminal, next } from '@droplock/rules/machines/machine'
import { type RenewalFailure, renewalMachine } from '@droplock/rules/machines/renewal'
import type { Money } from '@droplock/rules/money'
import { yearsToRenew } from '@droplock/rules/renewals'
import { sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { publish } from '../events/publish.ts'
import { post } from '../ledger/post.ts'
import { type LockedRenewal, lockRegistration, lockRenewal, lockRenewalPayment } from '../locks.ts'
import { refundAutomatically } from '../refunds/refund-automatically.ts'
import { zoneOfRegistration } from '../registrations/read.ts'
import { finishRequest } from '../registry-requests/record.ts'

export type RenewalSettlement = {
  readonly requestId: string
  readonly renewalId: string
  readonly registrationId: string
  /** The EPP result code that decided it, and the svTRID of that answer; null where neither did. */
  readonly code: number | null
  readonly svTRID: string | null
} & (
  | {
      readonly outcome: 'renewed'
      readonly expiresAt: Date
      /** What the registry charged, where its answer says so (RFC 8748). */
      readonly charged?: Money | undefined
    }
  /** `expiresAt`: the expiry that the registry reports instead, for the next quote. */
  | { readonly outcome: 'failed'; readonly reason: RenewalFailure; readonly expiresAt?: Date }
)

/**
 * Settles a renewal in one transaction. Renewed: its money becomes revenue, the registration's expiry moves, and the registry's charge is
 * recorded. Failed: its money is refunded, once. A repeat finds it decided and returns false. Rules 8, 9.
 */
export async function settleRenewal(ctx: Context, settlement: RenewalSettlement): Promise<boolean> {
  return inTransaction(ctx.db, async (tx) => {
    const registration = await lockRegistration(tx, settlement.registrationId)
    const renewal = await lockRenewal(tx, settlement.renewalId)
    if (renewal.registration_id !== registration.id)
      throw new Error(`renewal ${renewal.id} is not of ${registration.id}`)
    if (isTerminal(renewalMachine, renewal.state)) return false
    const now = await databaseTime(tx)
    if (!(await finishRequest(tx, settlement, now))) return false
    if (settlement.expiresAt !== undefined) {
      await tx
        .updateTable('registration')
        // Whatever the registry added by itself is a part of that.
        .set({ expires_at: settlement.expiresAt, auto_renewed_until: null, renewable_until: null })
        .where('id', '=', registration.id)
        .execute()
    }
    if (settlement.outcome === 'renewed')
      await succeed(
        tx,
        ctx,
        renewal,
        { ...settlement, autoRenewedUntil: registration.auto_renewed_until },
        now,
      )
    else await fail(tx, ctx, renewal, settlement.reason, now)
    return true
  })
}

async function succeed(
  tx: Transaction<Database>,
  ctx: Context,
  renewal: LockedRenewal,
  settlement: RenewalSettlement & { readonly outcome: 'renewed'; readonly autoRenewedUntil: Date | null },
  now: Date,
): Promise<void> {
  const { requestId, expiresAt, charged, autoRenewedUntil } = settlement
  await tx
    .updateTable('renewal')
    .set({
      state: next(renewalMachine, renewal.state, 'succeed'),
      new_expires_at: expiresAt,
      decided_at: now,
    })
    .where('id', '=', renewal.id)
    .execute()
  await post(tx, {
    cause: 'settle',
    causeId: renewal.id,
    from: 'escrow',
    to: 'revenue',
    amountMinor: renewal.price_minor,
    currency: renewal.currency,
    accountId: renewal.account_id,
    renewalId: renewal.id,
  })
  // What the registry renewed by itself was charged then.
  const years = yearsToRenew(renewal.years, renewal.quoted_expires_at, autoRenewedUntil)
  if (years > 0)
    await sql`
    insert into registry_charge (id, registry_account_id, kind, name, years, amount_minor, currency, basis, charged_at, cltrid, svtrid,
      renewal_id)
    select ${ctx.newId()}, registry_request.registry_account_id, 'renewal', registration.name, ${years}::integer,
      coalesce(${charged?.amountMinor ?? null}::bigint, zone.renew_fee_minor * ${years}::integer),
      coalesce(${charged?.currency ?? null}, zone.fee_currency), ${charged === undefined ? 'configured' : 'answered'}, ${now}, cltrid, svtrid, ${renewal.id}
    from registry_request, registration join zone on zone.name = ${zoneOfRegistration}
    where registry_request.id = ${requestId} and registration.id = ${renewal.registration_id}`.execute(tx)
  await publish(tx, ctx, 'renewal.successful', renewal.id)
}

async function fail(
  tx: Transaction<Database>,
  ctx: Context,
  renewal: LockedRenewal,
  reason: RenewalFailure,
  now: Date,
): Promise<void> {
  await tx
    .updateTable('renewal')
    .set({ state: next(renewalMachine, renewal.state, 'fail'), failure_reason: reason, decided_at: now })
    .where('id', '=', renewal.id)
    .execute()
  const payment = await lockRenewalPayment(tx, renewal.id)
  const refund = await refundAutomatically(tx, ctx, {
    payment,
    cause: 'renewal_failed',
    source: 'escrow',
    now,
  })
  await publish(tx, ctx, 'renewal.failed', renewal.id, { refund })
}
