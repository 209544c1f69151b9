import {
  holdReasons,
  type OrderReason,
  payByOf,
  placementReasons,
  requireExpectedPrice,
} from '@droplock/rules/backorders'
import { Refusal } from '@droplock/rules/refusals'
import { type Selectable, sql } from 'kysely'
import { contactValues } from '../account-contacts/of-orders.ts'
import { contactsOfOrder, type OrderContact } from '../account-contacts/shown.ts'
import { type AccountContext, requireScope } from '../context.ts'
import type { AccountTable } from '../database/tables.gen.ts'
import { selectListings } from '../listings/read.ts'
import { readHoldFacts } from './hold-listing.ts'
import type { NamedOrder, ResolvedOrder } from './order-fields.ts'
import { type PlaceBackorder, type Placed, resolveContacts } from './place.ts'

/** What an order would take, and every reason why it would be refused; an order is decided anew. Amounts in minor units. */
export type OrderCheck = {
  /** The first is the one with which an order would be refused; none: it would be accepted now. */
  readonly reasons: readonly OrderReason[]
  readonly currency: string
  readonly priceMinor: bigint | null
  readonly opensAt: Date | null
  readonly cutoffAt: Date | null
  readonly dropFrom: Date | null
  readonly dropTo: Date | null
  /** By card: until when the name would be held unpaid. */
  readonly payBy: Date | null
  /** From the balance, for a caller who may read it: what would be left, negative where credit is used. */
  readonly balanceAfterMinor: bigint | null
  /** The caller's own order that holds the name. */
  readonly backorderId: string | null
  /** Those that the order would have; null where it would have none. */
  readonly contacts: readonly OrderContact[] | null
  /** The registry needs contacts and the order has none: the name would be registered to the operator's. */
  readonly registeredToOperator: true | null
}

/**
 * What `placeBackorder` would do with this order, by what is known without a lock. Writes nothing. Throws Refusal:
 * insufficient_scope.
 */
export async function checkBackorder(
  ctx: AccountContext,
  order: PlaceBackorder<keyof Placed>,
): Promise<OrderCheck> {
  requireScope(ctx, 'backorders:write')
  const { name, payment, expectedPrice } = order
  const named = await readNamed(ctx, order)
  const account = await ctx.db
    .selectFrom('account')
    .selectAll()
    .where('id', '=', ctx.actor.accountId)
    .executeTakeFirstOrThrow()
  const found = await findListing(ctx, name)
  if (found === undefined) return unlisted(ctx.actor.currency, named.reasons)
  const { now, price_minor: priceMinor } = found
  const ownBackorderId = found.own_backorder_id ?? undefined
  const facts = {
    listingState: found.state,
    zoneEnabled: found.enabled,
    premium: found.premium,
    reserved: found.reserved,
    suspect: found.suspect,
    blocked: Boolean(found.blocked),
    opensAt: found.opens_at,
    cutoffAt: found.cutoff_at,
    held: found.holder !== null,
    ownBackorderId,
    priced: priceMinor !== null,
  }
  const reasons = [
    // As an order is refused, before anything else is looked at.
    ...named.reasons,
    ...placementReasons(facts, now),
    ...priceReasons({ priceMinor: priceMinor ?? undefined, currency: account.currency }, expectedPrice),
    ...(payment === 'card'
      ? holdReasons(await readHoldFacts(ctx.db, found, account), now)
      : balanceReasons(account, priceMinor)),
  ]
  const showsBalance =
    payment === 'balance' && priceMinor !== null && ctx.actor.scopes.includes('balance:read')
  return {
    reasons,
    currency: account.currency,
    priceMinor,
    opensAt: found.opens_at,
    cutoffAt: found.cutoff_at,
    dropFrom: found.drop_from,
    dropTo: found.drop_to,
    payBy: payment === 'card' ? (payByOf(found.cutoff_at, now) ?? null) : null,
    balanceAfterMinor: showsBalance ? account.balance_minor - priceMinor : null,
    backorderId: ownBackorderId ?? null,
    ...(await readContacts(ctx, found.zone, named)),
  }
}

type Named = { readonly reasons: readonly OrderReason[]; readonly versions: ResolvedOrder['registerTo'] }

/** The versions of the contacts that the order names, or why it has none. */
async function readNamed(ctx: AccountContext, order: NamedOrder): Promise<Named> {
  try {
    return { reasons: [], versions: (await resolveContacts(ctx, order)).registerTo }
  } catch (error) {
    return { reasons: [reasonOf(error)], versions: undefined }
  }
}

/** The contacts that the order would have, with the account's default where it names none. */
async function readContacts(
  { actor, db }: AccountContext,
  zone: string,
  { reasons, versions = {} }: Named,
): Promise<Pick<OrderCheck, 'contacts' | 'registeredToOperator'>> {
  if (reasons.length > 0) return { contacts: null, registeredToOperator: null }
  const { rows } = await sql<{ contacts: OrderCheck['contacts']; isNeeded: boolean }>`
    select ${contactsOfOrder('wanted', sql`${zone}`)} as contacts,
      (select cardinality(contact_roles) > 0 from zone where name = ${zone}) as "isNeeded"
    from (select ${contactValues(actor.accountId, versions)}) as wanted (registrant_id, admin_id, tech_id, billing_id)`.execute(
    db,
  )
  const contacts = rows[0]?.contacts ?? null
  return { contacts, registeredToOperator: contacts === null && rows[0]?.isNeeded === true ? true : null }
}

/** The newest cycle of a name, as an order would find it. */
function findListing(ctx: AccountContext, name: string) {
  return selectListings(ctx)
    .select([
      sql<Date>`clock_timestamp()`.as('now'),
      sql<
        string | null
      >`case when backorder.account_id = ${ctx.actor.accountId} and backorder.decided_at is null
        then backorder.id end`.as('own_backorder_id'),
    ])
    .where('listing.name', '=', name)
    .orderBy('listing.cycle', 'desc')
    .limit(1)
    .executeTakeFirst()
}

function unlisted(currency: string, before: readonly OrderReason[]): OrderCheck {
  return {
    reasons: [...before, { code: 'listing_not_found', detail: 'The name is on no published drop list.' }],
    currency,
    priceMinor: null,
    opensAt: null,
    cutoffAt: null,
    dropFrom: null,
    dropTo: null,
    payBy: null,
    balanceAfterMinor: null,
    backorderId: null,
    contacts: null,
    registeredToOperator: null,
  }
}

function priceReasons(
  price: Parameters<typeof requireExpectedPrice>[0],
  expected: Parameters<typeof requireExpectedPrice>[1],
): readonly OrderReason[] {
  if (price.priceMinor === undefined) return []
  try {
    requireExpectedPrice(price, expected)
    return []
  } catch (error) {
    return [reasonOf(error)]
  }
}

function reasonOf(error: unknown): OrderReason {
  if (!(error instanceof Refusal)) throw error
  return { code: error.code, detail: error.message }
}

type Means = Pick<Selectable<AccountTable>, 'balance_minor' | 'credit_limit_minor'>

function balanceReasons(account: Means, priceMinor: bigint | null): readonly OrderReason[] {
  if (priceMinor === null || priceMinor <= account.balance_minor + account.credit_limit_minor) return []
  return [{ code: 'insufficient_balance', detail: 'The balance and the credit do not cover the price.' }]
}
