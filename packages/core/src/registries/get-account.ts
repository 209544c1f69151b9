import { SecondAccount } from '@droplock/rules/registries/second-account'
import { sql } from 'kysely'
import type { Context } from '../context.ts'

/**
 * A registry account with its limits, the clIDs of all our accounts at that registry, and the times of the creates that
 * failed within the last 24 hours (unknown ones count). Throws when there is no such account, and SecondAccount where the
 * registry has another one of ours.
 */
export async function getRegistryAccount(ctx: Context, id: string) {
  const account = await ctx.db
    .selectFrom('registry_account')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow(() => new Error(`no registry account ${id}`))
  const [clids, failed] = await Promise.all([
    ctx.db
      .selectFrom('registry_account')
      .select('clid')
      .where('registry_id', '=', account.registry_id)
      .execute(),
    account.failed_creates_per_day_max === null
      ? []
      : readFailedCreates(ctx, id, account.failed_creates_per_day_max),
  ])
  if (clids.length > 1) throw new SecondAccount(account.registry_id)
  return { ...account, ourClids: new Set(clids.map(({ clid }) => clid)), failedCreatesAt: failed }
}

export type RegistryAccountRow = Awaited<ReturnType<typeof getRegistryAccount>>

/** The newest, as many as the budget has: with so many it is spent until the oldest of them is a day old. */
async function readFailedCreates(ctx: Context, accountId: string, budget: number): Promise<readonly Date[]> {
  const attempts = await ctx.db
    .selectFrom('catch_attempt')
    .select('sent_at')
    .where('registry_account_id', '=', accountId)
    .where('command', '=', 'create')
    .where('sent_at', '>', sql<Date>`clock_timestamp() - interval '24 hours'`)
    .where((eb) => eb.or([eb('code', 'is', null), eb('code', '>=', 2000)]))
    .orderBy('sent_at', 'desc')
    .limit(budget)
    .execute()
  return attempts.map(({ sent_at }) => sent_at)
}
