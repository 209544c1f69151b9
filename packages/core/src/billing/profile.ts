import { decidePrecondition, editedMeanwhile, type Precondition } from '@droplock/rules/preconditions'
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

export type VersionedProfile = BillingProfile & { readonly version: number }

/** The caller's billing profile. Throws Refusal: insufficient_scope, billing_profile_missing. */
export async function getBillingProfile(ctx: AccountContext): Promise<VersionedProfile> {
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
    version: row.version,
  }
}

/**
 * Sets the caller's billing profile where the precondition is met; issued invoices keep their copy. Returns its new version. The
 * database compares the version in the statement that writes, so of two edits at once one is refused. Throws Refusal:
 * insufficient_scope, precondition_failed.
 */
export async function putBillingProfile(
  ctx: AccountContext,
  profile: BillingProfile,
  precondition?: Precondition,
): Promise<number> {
  requireScope(ctx, 'invoices:write')
  const { accountId } = ctx.actor
  const before = await ctx.db
    .selectFrom('billing_profile')
    .select('version')
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  if (precondition !== undefined) decidePrecondition(precondition, before?.version)
  const values = {
    legal_name: profile.legalName,
    address: profile.address,
    country: profile.country,
    tax_id: profile.taxId,
    email: profile.email,
    updated_at: await databaseTime(ctx.db),
    version: (before?.version ?? 0) + 1,
  }
  const written =
    before === undefined
      ? ctx.db
          .insertInto('billing_profile')
          .values({ account_id: accountId, ...values })
          .onConflict((conflict) => conflict.doNothing())
          .returning('version')
      : ctx.db
          .updateTable('billing_profile')
          .set(values)
          .where('account_id', '=', accountId)
          .where('version', '=', before.version)
          .returning('version')
  const row = await written.executeTakeFirst()
  if (row === undefined) throw editedMeanwhile()
  return row.version
}
