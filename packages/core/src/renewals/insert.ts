import type { Transaction } from 'kysely'
import type { AccountContext } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'

export type OrderedRenewal = {
  readonly id: string
  readonly registrationId: string
  readonly accountId: string
  readonly priceMinor: bigint
  readonly currency: string
  readonly createdAt: Date
}

export type NewRenewal = {
  readonly registrationId: string
  readonly years: number
  readonly priceMinor: bigint
  readonly expiresAt: Date
  readonly now: Date
  /** Given, it waits for a card until then; else it is paid in this transaction. */
  readonly payBy?: Date
}

/** Writes an order of the caller's, at the price and on the expiry it was quoted. The caller holds the registration. */
export async function insertRenewal(
  tx: Transaction<Database>,
  ctx: AccountContext,
  { registrationId, years, priceMinor, expiresAt, now, payBy }: NewRenewal,
): Promise<OrderedRenewal> {
  const id = ctx.newId()
  const { accountId, currency } = ctx.actor
  await tx
    .insertInto('renewal')
    .values({
      id,
      registration_id: registrationId,
      account_id: accountId,
      years,
      price_minor: priceMinor,
      currency,
      quoted_expires_at: expiresAt,
      state: payBy === undefined ? 'paid' : 'pending_payment',
      created_at: now,
      pay_by: payBy ?? null,
      paid_at: payBy === undefined ? now : null,
    })
    .execute()
  return { id, registrationId, accountId, priceMinor, currency, createdAt: now }
}
