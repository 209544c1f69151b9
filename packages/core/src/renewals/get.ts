import { Refusal } from '@droplock/rules/refusals'
import { type AccountContext, requireScope } from '../context.ts'
import { type RenewalView, selectRenewals, toRenewalView } from './view.ts'

/** One of the caller's renewals. Throws Refusal: insufficient_scope, renewal_not_found. */
export async function getRenewal(ctx: AccountContext, id: string): Promise<RenewalView> {
  requireScope(ctx, 'backorders:read')
  const row = await selectRenewals(ctx).where('renewal.id', '=', id).executeTakeFirst()
  if (row === undefined) throw new Refusal('renewal_not_found', 'No such renewal.', { id })
  return toRenewalView(row)
}
