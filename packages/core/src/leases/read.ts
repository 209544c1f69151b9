import { sql } from 'kysely'
import type { Context } from '../context.ts'

/** Whether somebody holds the lease of a registry account now, by the database's clock; undefined when there is no such account. */
export async function readLease(ctx: Context, accountId: string): Promise<{ isHeld: boolean } | undefined> {
  return ctx.db
    .selectFrom('registry_account')
    .select(sql<boolean>`coalesce(lease_expires_at > clock_timestamp(), false)`.as('isHeld'))
    .where('id', '=', accountId)
    .executeTakeFirst()
}
