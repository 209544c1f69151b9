import type { CaseFacts } from '@droplock/rules/disputes/suggest'
import type { PaymentPurpose } from '@droplock/rules/machines/payment'
import type { RefundDestination, RefundState } from '@droplock/rules/machines/refund'
import { money } from '@droplock/rules/money'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../database/tables.gen.ts'

type Row = {
  readonly purpose: PaymentPurpose
  readonly amountMinor: bigint
  readonly currency: string
  readonly backorderId: string | null
  readonly renewalId: string | null
  readonly accountName: string
  readonly legalName: string | null
  readonly email: string | null
  readonly address: string | null
  readonly country: string | null
  readonly name: string | null
  readonly reference: string | null
  readonly orderedAt: Date | null
  readonly paidAt: Date | null
  readonly deliveredAt: Date | null
  readonly failureReason: string | null
}

/** What our rows say about a payment, its order, and what became of it. */
export async function readCaseFacts(db: Kysely<Database>, paymentId: string): Promise<CaseFacts> {
  const row = await readPayment(db, paymentId)
  const { purpose, accountName, legalName, email, address, country } = row
  return {
    purpose,
    accountName,
    paid: money(row.amountMinor, row.currency),
    ...(legalName !== null && email !== null && address !== null && country !== null
      ? { customer: { name: legalName, email, address, country } }
      : {}),
    name: row.name ?? undefined,
    reference: row.reference ?? undefined,
    orderedAt: row.orderedAt ?? undefined,
    paidAt: row.paidAt ?? undefined,
    deliveredAt: row.deliveredAt ?? undefined,
    failedReason: row.failureReason ?? undefined,
    attempts: await readAttempts(db, row.backorderId),
    invoices: await readInvoices(db, row),
    refunds: await readRefunds(db, paymentId),
  }
}

/** An order that the payment does not secure was never carried out for it. */
async function readPayment(db: Kysely<Database>, paymentId: string): Promise<Row> {
  const { rows } = await sql<Row>`
    select payment.purpose, payment.amount_minor as "amountMinor", payment.currency, backorder.id as "backorderId",
      renewal.id as "renewalId", account.name as "accountName", legal_name as "legalName", email, address, country,
      coalesce(listing.name, registration.name) as name, backorder.reference,
      coalesce(backorder.created_at, renewal.created_at) as "orderedAt",
      (select min(posted_at) from posting where payment_id = payment.id and cause in ('receipt', 'top_up')) as "paidAt",
      coalesce(backorder.settled_at, case renewal.state when 'successful' then renewal.decided_at end) as "deliveredAt",
      coalesce(backorder.failure_reason, renewal.failure_reason) as "failureReason"
    from payment join account on account.id = payment.account_id
      left join billing_profile on billing_profile.account_id = account.id
      left join listing on listing.id = payment.listing_id
      left join backorder on backorder.id = payment.backorder_id and payment.secures
      left join renewal on renewal.id = payment.renewal_id and payment.secures
      left join registration on registration.id = renewal.registration_id
    where payment.id = ${paymentId}`.execute(db)
  const [row] = rows
  if (row === undefined) throw new Error(`no payment ${paymentId}`)
  return row
}

/** The creates that were sent for a name, by its target; months later only some of them are kept. */
async function readAttempts(db: Kysely<Database>, backorderId: string | null) {
  if (backorderId === null) return undefined
  const { rows } = await sql<{ count: number; firstAt: Date | null; lastAt: Date | null }>`
    select coalesce(target.creates, count(attempt.sent_at))::integer as count, min(sent_at) as "firstAt", max(sent_at) as "lastAt"
    from catch_target as target
      left join catch_attempt as attempt on attempt.target_id = target.id and command = 'create'
    where target.backorder_id = ${backorderId} group by target.id`.execute(db)
  const [{ count, firstAt, lastAt } = { count: 0, firstAt: null, lastAt: null }] = rows
  return count === 0 || firstAt === null || lastAt === null ? undefined : { count, firstAt, lastAt }
}

async function readInvoices(
  db: Kysely<Database>,
  { backorderId, renewalId }: Row,
): Promise<readonly string[]> {
  const { rows } = await sql<{ number: string }>`
    select number from invoice where backorder_id = ${backorderId} or renewal_id = ${renewalId} order by issued_at`.execute(
    db,
  )
  return rows.map(({ number }) => number)
}

type Refunded = {
  readonly amountMinor: bigint
  readonly currency: string
  readonly state: RefundState
  readonly destination: RefundDestination
  readonly at: Date
}

async function readRefunds(db: Kysely<Database>, paymentId: string): Promise<CaseFacts['refunds']> {
  const { rows } = await sql<Refunded>`
    select amount_minor as "amountMinor", currency, state, destination, coalesce(decided_at, created_at) as at
    from refund where payment_id = ${paymentId} and state not in ('rejected', 'expired') order by created_at, id`.execute(
    db,
  )
  return rows.map(({ amountMinor, currency, ...refund }) => ({
    ...refund,
    amount: money(amountMinor, currency),
  }))
}
