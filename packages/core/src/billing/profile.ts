import { Refusal } from '@droplock/rules/refusals'
import { type AccountContext, requireScope } from '../context.ts'
import { databaseTime } from '../database/time.ts'

/** The buyer that an account's invoices name. */
export type BillingProfile = {
  readonly legalName: string
  /** Lines as on an envelope, separated by line feeds, without the country. */
  readonly address: string
  /** ISO 3166-1 alpha-2. */
  readonly country: string
  readonly taxId: string | null
  readonly email: string
}

/** The caller's billing profile. Throws Refusal: insufficient_scope, billing_profile_missing. */
export async function getBillingProfile(ctx: AccountContext): Promise<BillingProfile> {
  requireScope(ctx, 'invoices:read')
  const row = await ctx.db
    .selectFrom('billing_profile')
    .selectAll()
    .where('account_id', '=', ctx.actor.accountId)
    .executeTakeFirst()
  if (row === undefined) throw new Refusal('billing_profile_missing', 'No billing profile is set.')
  return {
    legalName: row.legal_name,
    address: row.address,
    country: row.country,
    taxId: row.tax_id,
    email: row.email,
  }
}

/** Sets the caller's billing profile; issued invoices keep their copy. Throws Refusal('insufficient_scope'). */
export async function putBillingProfile(ctx: AccountContext, profile: BillingProfile): Promise<void> {
  requireScope(ctx, 'invoices:write')
  const values = {
    legal_name: profile.legalName,
    address: profile.address,
    country: profile.country,
    tax_id: profile.taxId,
    email: profile.email,
    updated_at: await databaseTime(ctx.db),
  }
  await ctx.db
    .insertInto('billing_profile')
    .values({ account_id: ctx.actor.accountId, ...values })
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet(values))
    .execute()
}
