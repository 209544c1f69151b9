import { domainToUnicode } from 'node:url'
import type { BackorderState } from '@droplock/rules/machines/backorder'
import { Refusal } from '@droplock/rules/refusals'
import { sql, type Transaction } from 'kysely'
import type { AccountContext } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { findSecuringPayment } from '../payments/lock.ts'

/** What an invoice can be of, with what it says of it. */
export type Invoiceable = {
  readonly state: BackorderState
  readonly backorderId: string
  readonly accountId: string
  readonly name: string
  readonly nameUnicode: string
  readonly years: number
  /** From the success on: null before. */
  readonly service: { readonly from: Date; readonly to: Date } | null
  readonly grossMinor: bigint
  readonly currency: string
}

/**
 * One of the caller's backorders and the payment that secured it, locked in this order: the place where its invoice and its
 * refunds are decided. Throws Refusal('backorder_not_found').
 */
export async function lockInvoiceable(tx: Transaction<Database>, ctx: AccountContext, backorderId: string) {
  const row = await tx
    .selectFrom('backorder')
    .selectAll()
    // Rule 8: a year, and the same year for everybody.
    .select(
      sql<Date | null>`(settled_at at time zone 'UTC' + interval '1 year') at time zone 'UTC'`.as(
        'settled_until',
      ),
    )
    .where('id', '=', backorderId)
    .where('account_id', '=', ctx.actor.accountId)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) throw new Refusal('backorder_not_found', 'No such backorder.', { id: backorderId })
  const payment = await findSecuringPayment(tx, backorderId)
  const { settled_at: from, settled_until: to } = row
  const order: Invoiceable = {
    state: row.state,
    backorderId: row.id,
    accountId: row.account_id,
    name: row.name,
    nameUnicode: domainToUnicode(row.name) || row.name,
    years: 1,
    service: from === null || to === null ? null : { from, to },
    grossMinor: row.price_minor,
    currency: row.currency,
  }
  return { order, payment }
}
