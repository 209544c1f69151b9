import { sql } from 'kysely'
import type { Context } from '../context.ts'

/**
 * When creates of a registry account failed within the last 24 hours (unknown ones count): the newest, as many as its budget has.
 * With so many it is spent until the oldest of them is a day old.
 */
export async function readFailedCreates(
  ctx: Context,
  accountId: string,
  budget: number,
): Promise<readonly Date[]> {
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
