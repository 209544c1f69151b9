import type { InvoiceMode } from '@droplock/rules/invoices/number'
import type { Context } from '../context.ts'
import { databaseTime } from '../database/time.ts'

/** Us, as invoices name us. */
export type Seller = {
  /** Whether the money of this database is real. What a test issues says TEST. */
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
}

/** Says who sells, from now on: what was issued keeps what was copied to it. */
export async function setSeller(ctx: Context, seller: Seller): Promise<void> {
  const values = {
    mode: seller.mode,
    legal_name: seller.legalName,
    address: seller.address,
    country: seller.country,
    tax_id: seller.taxId,
    tax_basis_points: seller.taxBasisPoints,
    tax_note: seller.taxNote,
    updated_at: await databaseTime(ctx.db),
  }
  await ctx.db
    .insertInto('seller')
    .values(values)
    .onConflict((conflict) => conflict.column('is_the_only_one').doUpdateSet(values))
    .execute()
}
