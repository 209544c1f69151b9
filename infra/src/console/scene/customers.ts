import { openAccount } from '@droplock/core/accounts/open'
import { topUp } from '@droplock/core/accounts/top-up'
import type { AccountContext, Context } from '@droplock/core/context'

/** A reseller with money on the balance, as who orders. */
export async function addCustomer(ctx: Context, name: string, currency: string): Promise<AccountContext> {
  const accountId = await openAccount(ctx, { name, currency })
  await topUp(ctx, { accountId, amountMinor: 500_000n, receiptId: ctx.newId() })
  const actor = {
    kind: 'account',
    accountId,
    keyId: ctx.newId(),
    scopes: ['backorders:write'],
    currency,
  } as const
  return { ...ctx, actor }
}
