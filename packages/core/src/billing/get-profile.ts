import { Refusal } from '@droplock/rules/refusals'
import { type AccountContext, requireScope } from '../context.ts'
import type { BillingProfile } from './put-profile.ts'

/** Whom the caller's invoices are for. Throws Refusal: insufficient_scope, billing_profile_missing. */
export async function getBillingProfile(ctx: AccountContext): Promise<BillingProfile> {
  requireScope(ctx, 'invoices:read')
  const row = await ctx.db
    .selectFrom('billing_profile')
    .selectAll()
    .where('account_id', '=', ctx.actor.accountId)
    .executeTakeFirst()
  if (row === undefined) throw new Refusal('billing_profile_missing', 'Nobody was named yet.')
  return {
    legalName: row.legal_name,
    address: row.address,
    country: row.country,
    taxId: row.tax_id,
    email: row.email,
  }
}
