import { domainToUnicode } from 'node:url'
import type { InvoiceService } from '@droplock/rules/invoices'
import type { BackorderState } from '@droplock/rules/machines/backorder'
import type { RenewalState } from '@droplock/rules/machines/renewal'
import { Refusal } from '@droplock/rules/refusals'
import { sql, type Transaction } from 'kysely'
import type { Database } from '../database/tables.gen.ts'
import { findRenewalPayment, findSecuringPayment, type LockedPayment } from '../locks.ts'

export type InvoiceSubject = { readonly backorderId: string } | { readonly renewalId: string }

/** An order that can be invoiced, with what the invoice states about it. */
export type Invoiceable = {
  readonly backorderId: string | null
  readonly renewalId: string | null
  readonly state: BackorderState | RenewalState
  readonly accountId: string
  readonly service: InvoiceService
  readonly name: string
  readonly nameUnicode: string
  readonly years: number
  /** Null before the success. */
  readonly period: { readonly from: Date; readonly to: Date } | null
  readonly grossMinor: bigint
  readonly currency: string
}

type Locked = { readonly order: Invoiceable; readonly payment: LockedPayment | undefined }

/**
 * Locks the order to be invoiced, then the payment that secured it: under these locks its invoice and its refunds are decided. With
 * an account, the orders of others are not found. Throws Refusal: backorder_not_found, renewal_not_found.
 */
export async function lockInvoiceable(
  tx: Transaction<Database>,
  subject: InvoiceSubject,
  accountId: string | undefined,
): Promise<Locked> {
  return 'backorderId' in subject
    ? lockBackorder(tx, subject.backorderId, accountId)
    : lockRenewal(tx, subject.renewalId, accountId)
}

async function lockBackorder(
  tx: Transaction<Database>,
  id: string,
  accountId: string | undefined,
): Promise<Locked> {
  const row = await tx
    .selectFrom('backorder')
    .selectAll()
    // Rule 8: one year, computed in UTC whatever the session's time zone is.
    .select(
      sql<Date | null>`(settled_at at time zone 'UTC' + interval '1 year') at time zone 'UTC'`.as(
        'settled_until',
      ),
    )
    .where('id', '=', id)
    .where((is) => (accountId === undefined ? is.lit(true) : is('account_id', '=', accountId)))
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) throw new Refusal('backorder_not_found', 'No such backorder.', { id })
  const order: Invoiceable = {
    backorderId: row.id,
    renewalId: null,
    state: row.state,
    accountId: row.account_id,
    service: 'registration',
    name: row.name,
    nameUnicode: domainToUnicode(row.name) || row.name,
    years: 1,
    period: periodOf(row.settled_at, row.settled_until),
    grossMinor: row.price_minor,
    currency: row.currency,
  }
  return { order, payment: await findSecuringPayment(tx, id) }
}

async function lockRenewal(
  tx: Transaction<Database>,
  id: string,
  accountId: string | undefined,
): Promise<Locked> {
  const row = await tx
    .selectFrom('renewal')
    .innerJoin('registration', 'registration.id', 'renewal.registration_id')
    .selectAll('renewal')
    .select('registration.name')
    .where('renewal.id', '=', id)
    .where((is) => (accountId === undefined ? is.lit(true) : is('renewal.account_id', '=', accountId)))
    .forUpdate('renewal')
    .executeTakeFirst()
  if (row === undefined) throw new Refusal('renewal_not_found', 'No such renewal.', { id })
  const order: Invoiceable = {
    backorderId: null,
    renewalId: row.id,
    state: row.state,
    accountId: row.account_id,
    service: 'renewal',
    name: row.name,
    nameUnicode: domainToUnicode(row.name) || row.name,
    years: row.years,
    period: periodOf(row.quoted_expires_at, row.new_expires_at),
    grossMinor: row.price_minor,
    currency: row.currency,
  }
  return { order, payment: await findRenewalPayment(tx, id) }
}

function periodOf(from: Date | null, to: Date | null): Invoiceable['period'] {
  return from === null || to === null ? null : { from, to }
}
