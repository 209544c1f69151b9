import { openAccount } from '@droplock/core/accounts/administer'
import { topUp } from '@droplock/core/accounts/top-up'
import { type AccountContext, actFor, asService, type Context } from '@droplock/core/context'

/** A reseller with money on the balance unless told otherwise, as who orders. Minor units. */
export async function addCustomer(
  ctx: Context,
  name: string,
  currency: string,
  balanceMinor = 500_000n,
): Promise<AccountContext> {
  const accountId = await openAccount(asService(ctx), { name, currency })
  if (balanceMinor > 0n) await topUp(ctx, { accountId, amountMinor: balanceMinor, receiptId: ctx.newId() })
  const scopes = ['backorders:write', 'invoices:write'] as const
  return actFor(ctx, { kind: 'account', accountId, keyId: ctx.newId(), scopes, currency })
}
