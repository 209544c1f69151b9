import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { servingAccount } from '../leases.ts'

/** A name to ask about. */
export type DueFeeCheck = {
  readonly listingId: string
  readonly name: string
  readonly zone: string
}

/**
 * The next names to ask about by fee check, at most `limit` and all of one zone, for the catcher that holds the account's lease; none
 * where another account of the registry asks (`servingAccount`). Checks of
 * listings that ended, and of zones that have no premium names any more, are removed. If the catcher dies, the others are still due.
 */
export async function claimDueFeeChecks(
  ctx: Context,
  registryAccountId: string,
  limit: number,
): Promise<readonly DueFeeCheck[]> {
  const { rows } = await sql<DueFeeCheck>`
    with due as materialized (
      select listing_id, listing.name, listing.zone,
        listing.state in ('upcoming', 'open', 'closed') and zone.may_have_premium as wanted, fee_check.try_after
      from fee_check join listing on listing.id = fee_check.listing_id join zone on zone.name = listing.zone
      where fee_check.registry_id = (select registry_id from registry_account where id = ${registryAccountId})
        and fee_check.try_after <= statement_timestamp()
        and (${servingAccount(sql`fee_check.registry_id`)}) = ${registryAccountId}
      order by fee_check.try_after limit ${limit}
    ), moot as (
      delete from fee_check using due where fee_check.listing_id = due.listing_id and not wanted
    )
    select listing_id as "listingId", name, zone from due
    where wanted and zone = (select zone from due where wanted order by try_after, zone limit 1)`.execute(
    ctx.db,
  )
  return rows
}
