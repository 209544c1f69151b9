import { Refusal } from '@droplock/rules/refusals'
import { sql } from 'kysely'
import { contactColumns, contactValues, type OrderContacts } from '../account-contacts/of-orders.ts'
import { isRevoked } from '../api-keys.ts'
import type { AccountActor, AccountContext } from '../context.ts'
import { compileOnce } from '../database/compile-once.ts'
import { isWorthRepeating, lockTimedOut, violated } from '../database/errors.ts'
import { noteWork } from '../database/note-work.ts'
import { inOneStatement, limitLockTimeout } from '../database/transaction.ts'
import { insertEvents } from '../events/publish.ts'
import { isBlocked } from '../is-blocked.ts'
import { isListed } from '../is-listed.ts'
import { isPriceOf } from '../prices/price-of.ts'
import type { SecuredBackorder } from './claim-listing.ts'
import { type OrderFields, orderColumns, orderValues } from './order-fields.ts'

type Claim = Pick<AccountActor, 'accountId' | 'currency' | 'keyId'> &
  OrderFields & {
    readonly name: string
    /** Not in an object: `compileOnce` follows values of the first level only. */
    readonly registrant: string | undefined
    readonly admin: string | undefined
    readonly tech: string | undefined
    readonly billing: string | undefined
    /** Of the backorder, its payment and its event. */
    readonly id: string
    readonly paymentId: string
    readonly eventId: string
  }

const claimStatement = compileOnce((db, claim: Claim) => {
  const { name, id, paymentId, eventId, accountId, currency, keyId } = claim
  return sql<SecuredBackorder>`
    with locked as materialized (
      select id, name, zone, price_rule_id, state, publication_id, holder, opens_at, cutoff_at, drop_from, drop_to,
        premium or reserved or suspect as barred
      from listing where name = ${name} and ${limitLockTimeout()} order by cycle desc limit 1 for update skip locked
    ), judged as materialized (
      select locked.*, price.amount_minor, clock_timestamp() as at
      from locked join zone on zone.name = locked.zone and zone.enabled
        join price_amount as price on ${isPriceOf(sql`locked.price_rule_id`, currency)}
      where (state = 'open' or (state = 'upcoming' and ${isListed('locked')})) and holder is null and not barred
        and not ${isBlocked(sql`locked.name`)} and not ${isRevoked(keyId)}
    ), taken as (
      update listing set holder = ${id}::uuid, state = 'open' from judged
      where listing.id = judged.id and at >= judged.opens_at and at < judged.cutoff_at
      returning judged.*
    ), backorder as (
      insert into backorder (id, listing_id, name, account_id, state, price_minor, currency, created_at, secured_at, ${orderColumns}, ${contactColumns})
      select ${id}::uuid, id, name, ${accountId}::uuid, 'backordered', amount_minor, ${currency}, at, at, ${orderValues(claim)}, ${contactValues(accountId, claim)} from taken
      returning *
    ), paid as (
      insert into payment (id, account_id, backorder_id, method, state, amount_minor, captured_minor, currency, secures, created_at)
      select ${paymentId}::uuid, account_id, id, 'balance', 'succeeded', price_minor, price_minor, currency, true, created_at
      from backorder
    ), posted as (
      insert into posting (cause, cause_id, line, ledger_account, account_id, backorder_id, amount_minor, currency)
      select 'secure', id, line, ledger_account, account_id, id, sign * price_minor, currency
      from backorder, (values (1, 'customer_balance', -1), (2, 'escrow', 1)) as side (line, ledger_account, sign)
    ), published as (${insertEvents({ db, newId: () => eventId }, 'backorder.secured', [id])})
    select backorder.id, listing_id as "listingId", backorder.name, account_id as "accountId", backorder.state,
      price_minor as "priceMinor", currency, cutoff_at as "cutoffAt", drop_from as "dropFrom", drop_to as "dropTo",
      secured_at as "securedAt"
    from backorder join taken on taken.id = listing_id`.compile(db)
})

/**
 * Takes a name and pays it from the balance, in one statement that is a transaction of its own (ADR 15): most orders are for names
 * that nobody else wants at that moment, and are taken. Undefined: it was not taken, for whatever reason, and nothing was written.
 * `placeBackorder` finds out why, or takes it after all.
 *
 * It never waits for a lock on the listing, so that what it reads is current. The clock is read with the lock held. Every ground for
 * refusal of `decidePlacement` is repeated here as a condition. An upcoming listing is opened by the order that takes it. Throws Refusal('insufficient_balance').
 */
export async function claimName(
  ctx: AccountContext,
  order: OrderFields & { readonly name: string; readonly registerTo: OrderContacts },
): Promise<SecuredBackorder | undefined> {
  const { accountId, currency, keyId } = ctx.actor
  const [id, paymentId, eventId] = [ctx.newId(), ctx.newId(), ctx.newId()]
  const { registerTo, ...rest } = order
  const { registrant, admin, tech, billing } = registerTo
  const contacts = { registrant, admin, tech, billing }
  const statement = claimStatement(ctx.db, {
    ...rest,
    ...contacts,
    id,
    paymentId,
    eventId,
    accountId,
    currency,
    keyId,
  })
  try {
    const [claimed] = await inOneStatement(ctx.db, statement)
    if (claimed !== undefined) noteWork(ctx.db)
    return claimed
  } catch (error) {
    if (isWorthRepeating(error) || lockTimedOut(error)) return undefined
    if (!violated(error, 'balance_within_credit')) throw error
    throw new Refusal('insufficient_balance', `The balance does not cover the price of ${order.name}.`)
  }
}
