import { type Kysely, type RawBuilder, sql } from 'kysely'
import { escapeLike } from '../database/page.ts'
import type { Database } from '../database/tables.gen.ts'

/** A record other than a name. */
export type FoundRecord = {
  readonly kind: 'backorder' | 'listing' | 'account' | 'payment' | 'refund' | 'invoice' | 'bank_transfer'
  readonly id: string
  readonly text: string
  readonly state: string | null
  readonly accountName: string | null
  readonly reference: string | null
  readonly amountMinor: bigint | null
  readonly currency: string | null
  readonly at: Date | null
}

/** An id, or enough of its beginning. */
const idLike = /^[0-9a-f]{8}(?:-[0-9a-f-]{0,27})?$/

type Bounds = { readonly from: string; readonly to: string }

/** The least and the greatest id that begin with what was typed; none where it is no beginning of an id. */
function idsFrom(typed: string): Bounds | undefined {
  if (!idLike.test(typed)) return undefined
  const shape = '00000000-0000-0000-0000-000000000000'
  const from = typed + shape.slice(typed.length)
  const to = typed + shape.slice(typed.length).replaceAll('0', 'f')
  return isUuid(from) && isUuid(to) ? { from, to } : undefined
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
}

/** What has an id that begins with what was typed. `money`: also what customers paid with. */
export async function findByIds(
  db: Kysely<Database>,
  typed: string,
  { money, max }: { readonly money: boolean; readonly max: number },
): Promise<readonly FoundRecord[]> {
  const ids = idsFrom(typed.toLowerCase())
  if (ids === undefined) return []
  const within = (column: string) =>
    sql<boolean>`${sql.ref(column)} between ${ids.from}::uuid and ${ids.to}::uuid`
  const parts = [backordersWhere(within('backorder.id'), max), listingsWhere(within('listing.id'), max)]
  if (money) {
    parts.push(
      accountsWhere(within('account.id'), max),
      paymentsWhere(within('payment.id'), max),
      refundsWhere(within('refund.id'), max),
      invoicesWhere(within('invoice.id'), max),
      transfersWhere(within('bank_transfer.id'), max),
    )
  }
  return readAll(db, parts)
}

/** Accounts by a part of the name, invoices and bank transfers by the beginning of their number, payments and refunds by the provider's id. */
export async function findMoney(
  db: Kysely<Database>,
  typed: string,
  max: number,
): Promise<readonly FoundRecord[]> {
  const part = `%${escapeLike(typed)}%`
  const begins = `${escapeLike(typed.toUpperCase())}%`
  return readAll(db, [
    accountsWhere(sql<boolean>`account.name ilike ${part}`, max),
    invoicesWhere(sql<boolean>`invoice.number like ${begins}`, max),
    transfersWhere(sql<boolean>`bank_transfer.bank_reference ilike ${`${escapeLike(typed)}%`}`, max),
    paymentsWhere(sql<boolean>`payment.provider_id = ${typed}`, max),
    refundsWhere(sql<boolean>`refund.provider_refund_id = ${typed}`, max),
  ])
}

/** Orders by the beginning of the customer's reference: one look at the index for each account. */
export async function findByReference(
  db: Kysely<Database>,
  typed: string,
  max: number,
): Promise<readonly FoundRecord[]> {
  const { rows } = await sql<FoundRecord>`
    select 'backorder' as kind, found.id, found.name as text, found.state, account.name as "accountName", found.reference,
      null::bigint as "amountMinor", null as currency, found.created_at as at
    from account cross join lateral (
      select id, name, state, reference, created_at from backorder
      where backorder.account_id = account.id and reference is not null and reference like ${`${escapeLike(typed)}%`}
      limit ${max}) as found
    limit ${max}`.execute(db)
  return rows
}

const noMoney = sql`null::bigint as "amountMinor", null as currency`

function backordersWhere(condition: RawBuilder<boolean>, max: number) {
  return sql`(select 'backorder' as kind, backorder.id, backorder.name as text, backorder.state, account.name as "accountName",
    backorder.reference, ${noMoney}, backorder.created_at as at
    from backorder join account on account.id = backorder.account_id where ${condition} limit ${max})`
}

function listingsWhere(condition: RawBuilder<boolean>, max: number) {
  return sql`(select 'listing' as kind, listing.id, listing.name as text, listing.state, null as "accountName", null as reference,
    ${noMoney}, listing.drop_from as at from listing where ${condition} limit ${max})`
}

function accountsWhere(condition: RawBuilder<boolean>, max: number) {
  return sql`(select 'account' as kind, account.id, account.name as text, null as state, null as "accountName", null as reference,
    ${noMoney}, account.created_at as at from account where ${condition} order by length(account.name), account.name limit ${max})`
}

function paymentsWhere(condition: RawBuilder<boolean>, max: number) {
  return sql`(select 'payment' as kind, payment.id, coalesce(backorder.name, payment.purpose) as text, payment.state,
    account.name as "accountName", null as reference, payment.amount_minor as "amountMinor", payment.currency::text as currency,
    payment.created_at as at
    from payment join account on account.id = payment.account_id left join backorder on backorder.id = payment.backorder_id
    where ${condition} limit ${max})`
}

function refundsWhere(condition: RawBuilder<boolean>, max: number) {
  return sql`(select 'refund' as kind, refund.id, coalesce(refund.name, payment.purpose) as text, refund.state,
    account.name as "accountName", null as reference, refund.amount_minor as "amountMinor", refund.currency::text as currency,
    refund.created_at as at
    from refund join payment on payment.id = refund.payment_id join account on account.id = payment.account_id
    where ${condition} limit ${max})`
}

function invoicesWhere(condition: RawBuilder<boolean>, max: number) {
  return sql`(select 'invoice' as kind, invoice.id, invoice.number as text, null as state, account.name as "accountName",
    null as reference, invoice.gross_minor as "amountMinor", invoice.currency::text as currency, invoice.issued_at as at
    from invoice join account on account.id = invoice.account_id where ${condition} limit ${max})`
}

function transfersWhere(condition: RawBuilder<boolean>, max: number) {
  return sql`(select 'bank_transfer' as kind, bank_transfer.id, bank_transfer.bank_reference as text, bank_transfer.state,
    account.name as "accountName", null as reference, bank_transfer.amount_minor as "amountMinor", bank_transfer.currency::text as currency,
    bank_transfer.recorded_at as at
    from bank_transfer join account on account.id = bank_transfer.account_id where ${condition} limit ${max})`
}

async function readAll(
  db: Kysely<Database>,
  parts: readonly RawBuilder<unknown>[],
): Promise<readonly FoundRecord[]> {
  const { rows } = await sql<FoundRecord>`${sql.join([...parts], sql` union all `)}`.execute(db)
  return rows
}
