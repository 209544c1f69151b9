import type { Context } from '../context.ts'

/** The ids of the registry accounts that are no simulator's: with any of them, real money buys real names. */
export async function listRealRegistryAccounts(ctx: Context): Promise<readonly string[]> {
  const accounts = await ctx.db
    .selectFrom('registry_account')
    .select('id')
    .where('is_simulator', '=', false)
    .orderBy('id')
    .execute()
  return accounts.map((account) => account.id)
}
