import type { InvoiceDocument, InvoiceKind } from '@droplock/rules/invoices'
import { Refusal } from '@droplock/rules/refusals'
import { type Kysely, type SqlBool, sql } from 'kysely'
import { type AccountContext, requirePermission, requireScope, type StaffContext } from '../context.ts'
import {
  escapeLike,
  type Listed,
  ofFew,
  ofMany,
  type Page,
  type Paging,
  readListed,
  requireCursor,
  type Search,
  type Sorting,
  toPage,
} from '../database/page.ts'
import type { Database } from '../database/tables.gen.ts'
import { isOwnOrder } from '../own-orders.ts'

/** An invoice or a credit note as its customer sees it. */
export type InvoiceView = InvoiceDocument & {
  readonly id: string
  /** The invoiced order, one of the two; both null for a credit note. */
  readonly backorderId: string | null
  readonly renewalId: string | null
  /** The credited invoice and the refund of a credit note; null for an invoice. */
  readonly creditsInvoiceId: string | null
  readonly refundId: string | null
}

/** Invoices and credit notes, with the number of the credited invoice, ready for `toInvoiceView`. */
export function selectInvoices(db: Kysely<Database>) {
  return db
    .selectFrom('invoice')
    .leftJoin('invoice as credited', 'credited.id', 'invoice.credits_invoice_id')
    .selectAll('invoice')
    .select('credited.number as credits_number')
}

export type InvoiceRow = Awaited<ReturnType<ReturnType<typeof selectInvoices>['execute']>>[number]

export function toInvoiceView(row: InvoiceRow): InvoiceView {
  return {
    id: row.id,
    kind: row.kind,
    mode: row.mode,
    number: row.number,
    issuedAt: row.issued_at,
    backorderId: row.backorder_id,
    renewalId: row.renewal_id,
    creditsInvoiceId: row.credits_invoice_id,
    creditsNumber: row.credits_number,
    refundId: row.refund_id,
    seller: {
      name: row.seller_name,
      address: row.seller_address,
      country: row.seller_country,
      taxId: row.seller_tax_id,
    },
    buyer: {
      name: row.buyer_name,
      address: row.buyer_address,
      country: row.buyer_country,
      taxId: row.buyer_tax_id,
      email: row.buyer_email,
    },
    line: {
      of: row.service,
      name: row.name,
      nameUnicode: row.name_unicode,
      years: row.years,
      serviceFrom: row.service_from,
      serviceTo: row.service_to,
    },
    currency: row.currency,
    grossMinor: row.gross_minor,
    netMinor: row.net_minor,
    taxMinor: row.tax_minor,
    taxBasisPoints: row.tax_basis_points,
    taxNote: row.tax_note,
  }
}

/** An invoice or a credit note as finance sees it: with its account and what was credited. */
export type CustomerInvoice = InvoiceView & {
  readonly accountId: string
  readonly accountName: string
  /** The total of an invoice's credit notes; minor units. */
  readonly creditedMinor: bigint
}

function selectCustomerInvoices(db: Kysely<Database>) {
  return selectInvoices(db)
    .innerJoin('account', 'account.id', 'invoice.account_id')
    .select([
      'account.name as account_name',
      sql<bigint>`(select coalesce(sum(gross_minor), 0)::bigint from invoice as note
        where note.credits_invoice_id = invoice.id)`.as('credited_minor'),
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof selectCustomerInvoices>['execute']>>[number]

function toCustomerInvoice(row: Row): CustomerInvoice {
  return {
    ...toInvoiceView(row),
    accountId: row.account_id,
    accountName: row.account_name,
    creditedMinor: row.credited_minor,
  }
}

function isOwnInvoice(ctx: AccountContext) {
  return isOwnOrder(
    ctx,
    sql`coalesce(invoice.backorder_id, (select backorder_id from renewal
      join registration on registration.id = renewal.registration_id where renewal.id = invoice.renewal_id))`,
  )
}

/** One of the caller's invoices or credit notes. Throws Refusal: insufficient_scope, invoice_not_found. */
export async function getInvoice(ctx: AccountContext, id: string): Promise<InvoiceView> {
  requireScope(ctx, 'invoices:read')
  const row = await selectInvoices(ctx.db)
    .where('invoice.id', '=', id)
    .where('invoice.account_id', '=', ctx.actor.accountId)
    .where(isOwnInvoice(ctx))
    .executeTakeFirst()
  if (row === undefined) throw new Refusal('invoice_not_found', 'No such invoice or credit note.', { id })
  return toInvoiceView(row)
}

/** Any customer's invoice or credit note. Throws Refusal: forbidden, invoice_not_found. */
export async function getAnyInvoice(ctx: StaffContext, id: string): Promise<CustomerInvoice> {
  requirePermission(ctx, 'money:read')
  const row = await selectCustomerInvoices(ctx.db).where('invoice.id', '=', id).executeTakeFirst()
  if (row === undefined) throw new Refusal('invoice_not_found', 'No such invoice or credit note.', { id })
  return toCustomerInvoice(row)
}

export type ListInvoices = {
  /** The invoice of this order, with its credit notes. */
  readonly backorderId?: string
  readonly renewalId?: string
  /** `id` of the last document of the previous page. */
  readonly after?: string
  readonly limit: number
}

/** The caller's invoices and credit notes, newest first (ids are UUIDv7). Throws Refusal: insufficient_scope, invalid_cursor. */
export async function listInvoices(ctx: AccountContext, query: ListInvoices): Promise<Page<InvoiceView>> {
  requireScope(ctx, 'invoices:read')
  const own = selectInvoices(ctx.db)
    .where('invoice.account_id', '=', ctx.actor.accountId)
    .where(isOwnInvoice(ctx))
  let select = own.orderBy('invoice.id', 'desc').limit(query.limit + 1)
  for (const condition of ofOrders(query)) select = select.where(condition)
  if (query.after !== undefined) {
    await requireCursor(own.where('invoice.id', '=', query.after))
    select = select.where('invoice.id', '<', query.after)
  }
  const rows = await select.execute()
  return toPage(rows.map(toInvoiceView), query.limit, (invoice) => invoice.id)
}

type ListAllInvoices = Paging & {
  readonly sort?: Sorting<'issuedAt' | 'number'>
  readonly kind?: InvoiceKind
  readonly accountId?: string
  /** Finds the invoice with its credit notes. */
  readonly backorderId?: string
  readonly renewalId?: string
  /** Inclusive. */
  readonly from?: Date
  /** Exclusive. */
  readonly to?: Date
  /** Part of the number, the domain name or the account's name. */
  readonly q?: string
}

const columns = {
  issuedAt: 'invoice.issued_at',
  number: 'invoice.number',
} as const

/** All customers' invoices and credit notes, newest first unless asked otherwise. Throws Refusal('forbidden'). */
export async function listAllInvoices(
  ctx: StaffContext,
  query: ListAllInvoices,
): Promise<Listed<CustomerInvoice>> {
  requirePermission(ctx, 'money:read')
  const sort = query.sort ?? { field: 'issuedAt', order: 'desc' }
  const search = query.q === undefined ? undefined : await findInvoices(ctx.db, query.q)
  const all = filtered(ctx, query)
  const sorted = (search === undefined ? all : all.where(search.isMatch))
    .orderBy(columns[sort.field], sort.order)
    .orderBy('invoice.id', sort.order)
  return readListed(ctx.db, sorted, query, toCustomerInvoice, { key: 'invoice.id', ...search })
}

function filtered(ctx: StaffContext, query: ListAllInvoices) {
  let matching = selectCustomerInvoices(ctx.db)
  if (query.kind !== undefined) matching = matching.where('invoice.kind', '=', query.kind)
  if (query.accountId !== undefined) matching = matching.where('invoice.account_id', '=', query.accountId)
  if (query.from !== undefined) matching = matching.where('invoice.issued_at', '>=', query.from)
  if (query.to !== undefined) matching = matching.where('invoice.issued_at', '<', query.to)
  for (const condition of ofOrders(query)) matching = matching.where(condition)
  return matching
}

/** Finds the invoice of an order, and the credit notes of it. */
function ofOrders({ backorderId, renewalId }: Pick<ListInvoices, 'backorderId' | 'renewalId'>) {
  const orders = [
    ['backorder_id', backorderId],
    ['renewal_id', renewalId],
  ] as const
  return orders.flatMap(([column, id]) => {
    if (id === undefined) return []
    const of = sql.ref(column)
    return [
      sql<boolean>`(invoice.${of} = ${id} or invoice.credits_invoice_id = (select id from invoice where ${of} = ${id}))`,
    ]
  })
}

/** So many are read beforehand. */
const FOUND_MAX = 10_000

async function findInvoices(db: Kysely<Database>, q: string): Promise<Search> {
  const part = `%${escapeLike(q)}%`
  // One condition on one table, each part of which an index can answer.
  const isMatch = sql<SqlBool>`(invoice.number ilike ${part} or invoice.name ilike ${part}
    or invoice.account_id = any (array(select id from account where name ilike ${part})))`
  const { rows } = await sql<{ id: string }>`
    select id from invoice where ${isMatch} limit ${FOUND_MAX + 1}`.execute(db)
  if (rows.length > FOUND_MAX) return ofMany(isMatch)
  const ids = rows.map(({ id }) => id)
  return ofFew('invoice.id', ids)
}
