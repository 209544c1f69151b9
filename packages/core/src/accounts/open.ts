import type { Context } from '../context.ts'

export type OpenAccount = {
  readonly name: string
  /** ISO 4217. An account has one currency, for ever. */
  readonly currency: string
}

/** Opens a reseller's account with an empty balance. Returns its id. */
export async function openAccount(ctx: Context, account: OpenAccount): Promise<string> {
  const id = ctx.newId()
  await ctx.db.insertInto('account').values({ id, name: account.name, currency: account.currency }).execute()
  return id
}
