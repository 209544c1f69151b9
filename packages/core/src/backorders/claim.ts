import { Refusal } from '@droplock/rules/refusals'
import { type CompiledQuery, type Kysely, type RawBuilder, sql } from 'kysely'
import { contactColumns, contactValues } from '../account-contacts/of-orders.ts'
import { isRevoked } from '../api-keys.ts'
import type { AccountActor, AccountContext } from '../context.ts'
import { compileOnce } from '../database/compile-once.ts'
import { isWorthRepeating, lockTimedOut, violated } from '../database/errors.ts'
import { noteWork } from '../database/note-work.ts'
import type { Database } from '../database/tables.gen.ts'
import { inOneStatement, limitLockTimeout } from '../database/transaction.ts'
import { insertEvents } from '../events/publish.ts'
import { type Answer, type KeyedRequest, lockOf } from '../idempotency/keyed-request.ts'
import { isBlocked } from '../is-blocked.ts'
import { isListed } from '../is-listed.ts'
import { isZoneFor } from '../is-zone-for.ts'
import { refuseSubAccount } from '../own-orders.ts'
import { isPriceOf } from '../prices/price-of.ts'
import type { SecuredBackorder } from './claim-listing.ts'
import { type OrderFields, orderColumns, orderValues, type ResolvedOrder } from './order-fields.ts'
import { CREATED, placedBody, placedLocation } from './placed-answer.ts'

type Claim = Pick<AccountActor, 'accountId' | 'currency' | 'keyId'> &
  OrderFields & {
    readonly name: string
    /** Not in an object: `compileOnce` follows values of the first level only. */
    readonly registrant: string | undefined
    readonly admin: string | undefined
    readonly tech: string | undefined
    readonly billing: string | undefined
    readonly expectedMinor: bigint | undefined
    /** Of the backorder, its payment and its event. */
    readonly id: string
    readonly paymentId: string
    readonly eventId: string
  }

/** A claim for a request that has an Idempotency-Key. */
type KeyedClaim = Claim & Pick<KeyedRequest, 'key' | 'item' | 'contentSha256'> & { readonly lock: bigint }

const claimStatement = compileOnce((db, claim: Claim) =>
  compileClaim<SecuredBackorder>(db, claim, {
    mayBegin: sql`true`,
    result: sql`
      select backorder.id, listing_id as "listingId", backorder.name, account_id as "accountId", backorder.state,
        price_minor as "priceMinor", currency, cutoff_at as "cutoffAt", drop_from as "dropFrom", drop_to as "dropTo",
        secured_at as "securedAt"
      from backorder join listing on listing.id = listing_id`,
  }),
)

/**
 * The same, and its answer is stored under the request's key. It begins with the key's lock, and where no answer is stored; one that is
 * committed between the statement's snapshot and the lock makes the insert fail.
 */
const keyedClaimStatement = compileOnce((db, claim: KeyedClaim) => {
  const { accountId, key, item, contentSha256, lock } = claim
  return compileClaim<Pick<Answer, 'location' | 'body'>>(db, claim, {
    mayBegin: sql`pg_try_advisory_xact_lock(${lock}::bigint) and not exists (
      select from idempotency_key where account_id = ${accountId}::uuid and key = ${key} and item = ${item})`,
    result: sql`
      insert into idempotency_key (account_id, key, item, content_sha256, status, location, body)
      select account_id, ${key}::text, ${item}::integer, ${contentSha256}::bytea, ${sql.lit(CREATED)}, ${placedLocation}, ${placedBody}
      from backorder join listing on listing.id = listing_id
      returning location, body`,
  })
})

/**
 * What two ways of claiming differ in. Their statement names the rows that it writes as the tables are named: what reads an order, such as
 * its event, reads these rows, and never looks for one among all listings.
 */
type Parts = {
  /** Whether anything is done at all; read once. */
  readonly mayBegin: RawBuilder<unknown>
  /** The statement's end: what it returns. */
  readonly result: RawBuilder<unknown>
}

function compileClaim<Row>(
  db: Kysely<Database>,
  claim: Claim,
  { mayBegin, result }: Parts,
): CompiledQuery<Row> {
  const { name, expectedMinor, id, paymentId, eventId, accountId, currency, keyId } = claim
  return sql<Row>`
    with begun as materialized (select ${mayBegin} as may), locked as materialized (
      select id, name, zone, price_rule_id, state, publication_id, holder, opens_at, cutoff_at, drop_from, drop_to,
        premium or reserved or suspect as barred
      from listing where name = ${name} and ${limitLockTimeout()} and (select may from begun)
      order by cycle desc limit 1 for update skip locked
    ), judged as materialized (
      select locked.*, price.amount_minor, clock_timestamp() as at
      from locked join zone on zone.name = locked.zone and zone.enabled and ${isZoneFor(accountId)}
        join price_amount as price on ${isPriceOf(sql`locked.price_rule_id`, currency)}
      where (state = 'open' or (state = 'upcoming' and ${isListed('locked')})) and holder is null and not barred
        and price.amount_minor = coalesce(${expectedMinor}::bigint, price.amount_minor)
        and not ${isBlocked(sql`locked.name`)} and not ${isRevoked(keyId)}
    ), listing as (
      update listing set holder = ${id}::uuid, state = 'open' from judged
      where listing.id = judged.id and at >= judged.opens_at and at < judged.cutoff_at
      returning judged.*
    ), backorder as (
      insert into backorder (id, listing_id, name, account_id, state, price_minor, currency, created_at, secured_at, ${orderColumns}, ${contactColumns})
      select ${id}::uuid, id, name, ${accountId}::uuid, 'backordered', amount_minor, ${currency}, at, at, ${orderValues(claim)}, ${contactValues(accountId, claim)} from listing
      returning *
    ), paid as (
      insert into payment (id, account_id, backorder_id, method, state, amount_minor, captured_minor, currency, secures, created_at, sub_account_id)
      select ${paymentId}::uuid, account_id, id, 'balance', 'succeeded', price_minor, price_minor, currency, true, created_at, sub_account_id
      from backorder
    ), posted as (
      insert into posting (cause, cause_id, line, ledger_account, account_id, backorder_id, amount_minor, currency)
      select 'secure', id, line, ledger_account, account_id, id, sign * price_minor, currency
      from backorder, (values (1, 'customer_balance', -1), (2, 'escrow', 1)) as side (line, ledger_account, sign)
    ), published as (${insertEvents({ db, newId: () => eventId }, 'backorder.secured', [{ key: id }])})
    ${result}`.compile(db)
}

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
  order: ResolvedOrder,
): Promise<SecuredBackorder | undefined> {
  const claim = claimOf(ctx, order)
  return claim && execute(ctx, order.name, claimStatement(ctx.db, claim))
}

/**
 * The same for a request with an Idempotency-Key, whose answer is stored by that statement (ADR 23). Undefined: also where the key is in
 * use or has an answer.
 */
export async function claimNameOnce(
  ctx: AccountContext,
  order: ResolvedOrder,
  request: KeyedRequest,
): Promise<Answer | undefined> {
  const { key, item, contentSha256 } = request
  const claim = claimOf(ctx, order)
  if (claim === undefined) return undefined
  const keyed = { ...claim, key, item, contentSha256, lock: lockOf(ctx, request) }
  const answer = await execute(ctx, order.name, keyedClaimStatement(ctx.db, keyed))
  return answer && { status: CREATED, ...answer }
}

/** Undefined where the price that is expected is of another currency: no name of this account has it. */
function claimOf(
  { actor, newId }: AccountContext,
  { expectedPrice, registerTo = {}, ...order }: ResolvedOrder,
): Claim | undefined {
  const { accountId, currency, keyId } = actor
  if (expectedPrice !== undefined && expectedPrice.currency !== currency) return undefined
  const expectedMinor = expectedPrice?.amountMinor
  const { registrant, admin, tech, billing } = registerTo
  return {
    ...order,
    registrant,
    admin,
    tech,
    billing,
    expectedMinor,
    accountId,
    currency,
    keyId,
    id: newId(),
    paymentId: newId(),
    eventId: newId(),
  }
}

async function execute<Row>(
  { db }: AccountContext,
  name: string,
  statement: CompiledQuery<Row>,
): Promise<Row | undefined> {
  try {
    const [claimed] = await inOneStatement(db, statement)
    if (claimed !== undefined) noteWork(db)
    return claimed
  } catch (error) {
    const isUndecided =
      isWorthRepeating(error) || lockTimedOut(error) || violated(error, 'one_answer_per_idempotency_key')
    if (isUndecided) return undefined
    refuseSubAccount(error)
    if (!violated(error, 'balance_within_credit')) throw error
    throw new Refusal('insufficient_balance', `The balance does not cover the price of ${name}.`)
  }
}
