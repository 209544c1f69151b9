import { sql } from 'kysely'
import type { Context } from '../context.ts'

/**
 * Whether an undecided name of the account's registry is in its window, or in the part of its grace that is as fast, or will be within
 * `withinMs`.
 */
export async function isDropNear(
  { db }: Pick<Context, 'db'>,
  registryAccountId: string,
  withinMs: number,
): Promise<boolean> {
  const { rows } = await sql<{ readonly isNear: boolean }>`
    select exists (
      select from registry_account as account join catch_target as target using (registry_id)
        join listing on listing.id = target.listing_id join zone on zone.name = listing.zone
      where account.id = ${registryAccountId} and target.state in ('armed', 'firing', 'ambiguous')
        and target.drop_from <= statement_timestamp() + ${withinMs} * interval '1 millisecond'
        and target.drop_to + make_interval(secs => zone.grace_full_seconds) >= statement_timestamp()
    ) as "isNear"`.execute(db)
  return rows[0]?.isNear ?? false
}
