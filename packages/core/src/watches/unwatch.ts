import { type AccountContext, requireScope } from '../context.ts'

/** Takes a name off the caller's watch list, where it may not be at all. Throws Refusal('insufficient_scope'). */
export async function unwatchName(ctx: AccountContext, name: string): Promise<void> {
  requireScope(ctx, 'backorders:write')
  await ctx.db
    .deleteFrom('watch')
    .where('account_id', '=', ctx.actor.accountId)
    .where('name', '=', name)
    .execute()
}
