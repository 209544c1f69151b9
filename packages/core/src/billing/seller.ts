import { decideSellerMode, type InvoiceMode } from '@droplock/rules/invoices'
import { Refusal } from '@droplock/rules/refusals'
import { sql, type Transaction } from 'kysely'
import { changeWithAudit } from '../audit/change.ts'
import { type Context, type OperatorContext, requirePermission, type StaffContext } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'

/** The seller that invoices name. */
export type Seller = {
  /** Whether the money of this database is real. Invoices of a test database say TEST. */
  readonly mode: InvoiceMode
  readonly legalName: string
  /** Lines as on an envelope, separated by line feeds, without the country. */
  readonly address: string
  /** ISO 3166-1 alpha-2. */
  readonly country: string
  readonly taxId: string | null
  /** Contained in prices: 1900 is 19 %. */
  readonly taxBasisPoints: number
  readonly taxNote: string | null
  /** Businesses in other member states of the EU account for the VAT themselves. Left out: they do not. */
  readonly reverseCharge?: boolean
}

export type SellerNow = Seller & { readonly updatedAt: Date }

/** The seller, or undefined where none is set: then no invoice is issued. Throws Refusal('forbidden'). */
export async function getSeller(ctx: StaffContext): Promise<SellerNow | undefined> {
  requirePermission(ctx, 'money:read')
  const row = await ctx.db.selectFrom('seller').selectAll().executeTakeFirst()
  return (
    row && {
      mode: row.mode,
      legalName: row.legal_name,
      address: row.address,
      country: row.country,
      taxId: row.tax_id,
      taxBasisPoints: row.tax_basis_points,
      taxNote: row.tax_note,
      reverseCharge: row.reverse_charge,
      updatedAt: row.updated_at,
    }
  )
}

type ChangeSeller = { readonly seller: Seller; readonly reason: string }

/**
 * Sets the seller for invoices from now on; issued invoices keep their copy. Throws Refusal: forbidden, reason_required,
 * seller_mode_is_final, try_again.
 */
export async function changeSeller(ctx: OperatorContext, { seller, reason }: ChangeSeller): Promise<void> {
  const change = { permission: 'seller:set', subject: ['seller', 'seller'], reason } as const
  await changeWithAudit(ctx, change, async (tx) => {
    const before = await lockSeller(tx)
    decideSellerMode({ before: before?.mode, after: seller.mode, hasIssued: await hasIssued(tx) })
    await setSeller({ ...ctx, db: tx }, seller)
    return { action: 'seller.set', ...(before !== undefined && { before }), after: columnsOf(seller) }
  })
}

/** The table first, because there may be no row yet; then the row, which waits for invoices that are being issued. */
async function lockSeller(tx: Transaction<Database>) {
  await sql`lock table seller in share row exclusive mode`.execute(tx)
  return tx
    .selectFrom('seller')
    .select([
      'mode',
      'legal_name',
      'address',
      'country',
      'tax_id',
      'tax_basis_points',
      'tax_note',
      'reverse_charge',
    ])
    .forUpdate()
    .executeTakeFirst()
}

async function hasIssued(tx: Transaction<Database>): Promise<boolean> {
  return (await tx.selectFrom('invoice').select('id').limit(1).executeTakeFirst()) !== undefined
}

/** Writes the seller without permission or audit: for seeds and tests. */
export async function setSeller(ctx: Context, seller: Seller): Promise<void> {
  const values = { ...columnsOf(seller), updated_at: await databaseTime(ctx.db) }
  await ctx.db
    .insertInto('seller')
    .values(values)
    .onConflict((conflict) => conflict.column('is_the_only_one').doUpdateSet(values))
    .execute()
}

function columnsOf(seller: Seller) {
  return {
    mode: seller.mode,
    legal_name: seller.legalName,
    address: seller.address,
    country: seller.country,
    tax_id: seller.taxId,
    tax_basis_points: seller.taxBasisPoints,
    tax_note: seller.taxNote,
    reverse_charge: seller.reverseCharge ?? false,
  }
}

/**
 * Refuses to serve a database whose seller has the other mode: real money would get invoices that say TEST, or play money invoices that
 * look real. Throws Refusal('seller_of_other_mode') with one line, with which the server exits.
 */
export async function requireSellerMode({ db }: Context, mode: InvoiceMode): Promise<void> {
  const seller = await db.selectFrom('seller').select('mode').executeTakeFirst()
  if (seller === undefined || seller.mode === mode) return
  throw new Refusal(
    'seller_of_other_mode',
    `invoices: DATABASE_MODE makes this database ${mode}, and its seller is set for ${seller.mode}; correct the one that is wrong`,
  )
}
