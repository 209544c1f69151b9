import { Refusal } from '@droplock/rules/refusals'
import { sql, type Transaction } from 'kysely'
import {
  contactColumns,
  contactValues,
  contactValuesOf,
  type OrderContacts,
} from '../account-contacts/of-orders.ts'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { isListed } from '../is-listed.ts'
import type { LockedListing } from '../locks.ts'
import { refuseSubAccount } from '../own-orders.ts'
import { type OrderFields, orderColumns, orderValues, orderValuesOf } from './order-fields.ts'

type Ordered = {
  readonly id: string
  readonly listingId: string
  readonly name: string
  readonly accountId: string
  readonly priceMinor: bigint
  readonly currency: string
  readonly cutoffAt: Date
  readonly dropFrom: Date
  readonly dropTo: Date
}

/** A backorder that was just secured. Amounts in minor units. */
export type SecuredBackorder = Ordered & { readonly state: 'backordered'; readonly securedAt: Date }

/** A backorder that was just held: exclusive and unpaid until `payBy`. */
export type HeldBackorder = Ordered & {
  readonly state: 'pending_payment'
  readonly heldAt: Date
  readonly payBy: Date
  /** The card payment; it is requested from the provider after this transaction. */
  readonly paymentId: string
}

type Claim = OrderFields & {
  readonly accountId: string
  readonly currency: string
  readonly priceMinor: bigint | undefined
  /** Until when the listing is held unpaid; without it the order is secured. */
  readonly payBy?: Date
  /** Left out, or where it names none: the account's default. */
  readonly registerTo?: OrderContacts | undefined
  /** The expired order whose late payment pays this one, and whose fields it has. */
  readonly reclaims?: string | undefined
}

/** A listing that was just claimed, at the time of the database's clock. Amounts in minor units. */
type Claimed = Omit<SecuredBackorder, 'state' | 'securedAt'> & { readonly claimedAt: Date }

/**
 * Claims a locked listing, opens it where no sweep has yet, and writes its backorder at the listing's price. Throws Refusal: name_taken, cutoff_passed (since it was
 * decided), price_unavailable.
 *
 * Locking and claiming are two statements on purpose. "Lock, then insert where no live backorder exists" in one statement is not
 * exclusive under READ COMMITTED: after the wait it still sees its old snapshot (tried: 80 of 80 rivals won). `holder is null` is
 * checked here on the current row, and `one_live_backorder_per_name` is the backstop.
 */
export async function claimListing(
  tx: Transaction<Database>,
  ctx: Context,
  listing: LockedListing,
  { accountId, currency, priceMinor, payBy, reclaims, registerTo = {}, ...order }: Claim,
): Promise<Claimed> {
  if (priceMinor === undefined)
    throw new Refusal('price_unavailable', `${listing.name} has no price in your currency.`)
  const id = ctx.newId()
  const state = payBy === undefined ? 'backordered' : 'pending_payment'
  const { rows } = await sql<{ at: Date }>`
    with claimed as (
      update listing set holder = ${id}, state = 'open'
      where id = ${listing.id} and state in ('upcoming', 'open') and ${isListed()} and opens_at <= clock_timestamp()
        and holder is null and cutoff_at > clock_timestamp()
      returning id, name
    )
    insert into backorder (id, listing_id, name, account_id, state, price_minor, currency, created_at, pay_by, secured_at, reclaims, ${orderColumns}, ${contactColumns})
    select ${id}, id, name, ${accountId}, ${state}, ${priceMinor}, ${currency}, at, ${payBy ?? null},
      case when ${state} = 'backordered' then at end, ${reclaims ?? null}, ${reclaims === undefined ? orderValues(order) : orderValuesOf(reclaims)},
      ${reclaims === undefined ? contactValues(accountId, registerTo) : contactValuesOf(reclaims)}
    from claimed, (select clock_timestamp() as at) as clock
    returning created_at as at`
    .execute(tx)
    .catch((error: unknown) => {
      refuseSubAccount(error)
      throw error
    })
  const row = rows[0]
  if (row === undefined) throw await whyNotClaimed(tx, listing)
  return {
    id,
    listingId: listing.id,
    name: listing.name,
    accountId,
    priceMinor,
    currency,
    claimedAt: row.at,
    cutoffAt: listing.cutoff_at,
    dropFrom: listing.drop_from,
    dropTo: listing.drop_to,
  }
}

async function whyNotClaimed(
  tx: Transaction<Database>,
  { name, cutoff_at }: LockedListing,
): Promise<Refusal> {
  return (await databaseTime(tx)) >= cutoff_at
    ? new Refusal('cutoff_passed', 'Orders for this name have closed.')
    : new Refusal('name_taken', `${name} is held by another order.`)
}
