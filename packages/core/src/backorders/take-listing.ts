import { Refusal } from '@droplock/rules/refusals'
import { sql, type Transaction } from 'kysely'
import type { AccountContext } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import type { LockedListing } from '../listings/lock.ts'
import type { SecuredBackorder } from './secured.ts'

/**
 * Takes a locked listing for the caller and writes the secured backorder at the copied price. Throws Refusal:
 * name_taken, cutoff_passed (in the instant since it was decided).
 *
 * A second statement on purpose. "Lock, then insert where no live backorder exists" in one statement is not exclusive
 * under READ COMMITTED: after the wait it still sees its old snapshot (80 of 80 rivals won). `holder is null` here is
 * re-checked on the row as it is now; `one_live_backorder_per_name` is the backstop.
 */
export async function takeListing(
  tx: Transaction<Database>,
  ctx: AccountContext,
  listing: LockedListing,
  priceMinor: bigint | undefined,
): Promise<SecuredBackorder> {
  if (priceMinor === undefined)
    throw new Refusal('price_unavailable', `${listing.name} has no price in your currency.`)
  const id = ctx.newId()
  const { rows } = await sql<{ secured_at: Date }>`
    with taken as (
      update listing set holder = ${id}
      where id = ${listing.id} and state = 'open' and holder is null and cutoff_at > clock_timestamp()
      returning id, name
    )
    insert into backorder (id, listing_id, name, account_id, state, price_minor, currency, created_at, secured_at)
    select ${id}, id, name, ${ctx.actor.accountId}, 'backordered', ${priceMinor}, ${ctx.actor.currency}, at, at
    from taken, (select clock_timestamp() as at) as clock
    returning secured_at`.execute(tx)
  const row = rows[0]
  if (row === undefined) throw await whyNotTaken(tx, listing)
  return {
    id,
    listingId: listing.id,
    name: listing.name,
    accountId: ctx.actor.accountId,
    state: 'backordered',
    priceMinor,
    currency: ctx.actor.currency,
    securedAt: row.secured_at,
    cutoffAt: listing.cutoff_at,
    dropFrom: listing.drop_from,
    dropTo: listing.drop_to,
  }
}

async function whyNotTaken(tx: Transaction<Database>, { name, cutoff_at }: LockedListing): Promise<Refusal> {
  return (await databaseTime(tx)) >= cutoff_at
    ? new Refusal('cutoff_passed', 'Orders for this name have closed.')
    : new Refusal('name_taken', `${name} is held by another order.`)
}
