import { requirePermission, type StaffContext } from '../context.ts'
import type { Seller } from './set-seller.ts'

export type SellerNow = Seller & { readonly updatedAt: Date }

/** Who sells; undefined where nobody has said so, and then no invoice is issued. Throws Refusal('forbidden'). */
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
      updatedAt: row.updated_at,
    }
  )
}
