import { money } from '@droplock/rules/money'
import { type FaultyPart, Refusal } from '@droplock/rules/refusals'
import { sql } from 'kysely'
import { findActor, keyRevoked } from '../api-keys.ts'
import type { NamedOrder } from '../backorders/order-fields.ts'
import { placeOnce } from '../backorders/place.ts'
import { type AccountContext, actFor, type Context } from '../context.ts'
import { itemOf, type KeyedRequest } from '../idempotency/keyed-request.ts'
import { nameAsWritten } from '../name-as-written.ts'

/** Without a word for so long, another process goes on with a bulk order. Seconds. */
const CLAIM_SECONDS = 30

/** An item that others are in the way of is tried again so often; then it is refused as it was. */
const ATTEMPTS_MAX = 5

type Claimed = {
  readonly id: string
  readonly keyId: string
  readonly idempotencyKey: string
}

/**
 * Orders the items of a bulk order that wait, one after the other in their order, each in a transaction of its own, until `mayGoOn` says
 * no more. An item is ordered once, whoever does it and however often: under its own key (`itemOf`). Returns whether all are done.
 * `claimedBy`: this process, which holds the claim.
 */
export async function processBulkOrder(
  ctx: Context,
  { id, claimedBy }: { readonly id: string; readonly claimedBy: string },
  mayGoOn: () => boolean,
): Promise<boolean> {
  const bulk = await ctx.db
    .selectFrom('bulk_order')
    .select(['id', 'key_id as keyId', 'idempotency_key as idempotencyKey'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const actor = await findActor(ctx, bulk.keyId)
  const buyer = actor && actFor(ctx, actor)
  while (mayGoOn()) {
    const item = await nextItem(ctx, id)
    if (item === undefined) return finish(ctx, id)
    const result = await placeItem(buyer, bulk, item)
    if (!(await recordItem(ctx, { id, claimedBy, position: item.position, result }))) return false
  }
  await release(ctx, { id, claimedBy })
  return false
}

/** The bulk order that nobody works on and that has waited for the longest, now claimed; undefined where there is none. */
export async function claimBulkOrder(ctx: Context, claimedBy: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    update bulk_order set claimed_by = ${claimedBy}, claimed_until = clock_timestamp() + ${CLAIM_SECONDS} * interval '1 second'
    where id = (select id from bulk_order
      where finished_at is null and (claimed_until is null or claimed_until <= statement_timestamp())
      order by claimed_until nulls first limit 1 for update skip locked)
    returning id`.execute(ctx.db)
  return rows[0]?.id
}

type Item = { readonly position: number; readonly name: string; readonly terms: unknown }

async function nextItem({ db }: Context, bulkOrderId: string): Promise<Item | undefined> {
  return db
    .selectFrom('bulk_order_item')
    .select(['position', 'name', 'terms'])
    .where('bulk_order_id', '=', bulkOrderId)
    .where('state', '=', 'waiting')
    .orderBy('position')
    .limit(1)
    .executeTakeFirst()
}

type Result =
  | { readonly state: 'placed'; readonly backorderId: string }
  | {
      readonly state: 'refused'
      readonly code: string
      readonly detail: string
      /** Within the item. */
      readonly parts: readonly FaultyPart[]
    }

async function placeItem(
  buyer: AccountContext | undefined,
  { idempotencyKey: key }: Claimed,
  item: Item,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      if (buyer === undefined) throw keyRevoked()
      const request: KeyedRequest = {
        key,
        item: 0,
        contentSha256: new Uint8Array(),
        scope: 'backorders:write',
      }
      const name = nameAsWritten(item.name)
      if (name === undefined) throw notAName()
      const order = orderOf(item, name)
      const { location } = await placeOnce(buyer, order, itemOf(request, item.position, contentOf(item)))
      const backorderId = location?.split('/').at(-1)
      if (backorderId === undefined) throw new Error('an order was placed without its path')
      return { state: 'placed', backorderId }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      const isInTheWay = error.code === 'try_again' || error.code === 'request_in_progress'
      if (isInTheWay && attempt < ATTEMPTS_MAX) continue
      return { state: 'refused', code: error.code, detail: error.message, parts: error.parts }
    }
  }
}

function notAName(): Refusal {
  const parts = [{ pointer: '/name', detail: 'must be a domain name' }]
  return new Refusal('invalid_name', 'This is not a domain name.', {}, parts)
}

/** JSON of the database has its members in one order, so that it identifies what the item asks for. */
function contentOf({ name, terms }: Item): string {
  return JSON.stringify([name, terms])
}

/** As `termsOf` of the filing wrote it. */
type Terms = Omit<NamedOrder, 'name' | 'expectedPrice'> & {
  readonly expectedPrice?: { readonly amountMinor: string; readonly currency: string }
}

function orderOf({ terms }: Item, name: string): NamedOrder {
  const { expectedPrice, ...fields } = terms as Terms
  return {
    ...fields,
    name,
    ...(expectedPrice && { expectedPrice: money(BigInt(expectedPrice.amountMinor), expectedPrice.currency) }),
  }
}

type Done = {
  readonly id: string
  readonly claimedBy: string
  readonly position: number
  readonly result: Result
}

/** Writes what became of an item, and extends the claim. False where another process has the claim by now: it goes on. */
async function recordItem({ db }: Context, { id, claimedBy, position, result }: Done): Promise<boolean> {
  const [backorderId, code, detail] =
    result.state === 'placed' ? [result.backorderId, null, null] : [null, result.code, result.detail]
  const parts = result.state === 'refused' && result.parts.length > 0 ? JSON.stringify(result.parts) : null
  const { rows } = await sql<{ held: boolean }>`
    with claim as (
      update bulk_order set claimed_until = clock_timestamp() + ${CLAIM_SECONDS} * interval '1 second'
      where id = ${id} and claimed_by = ${claimedBy} returning true as held
    ), done as (
      update bulk_order_item set state = ${result.state}, backorder_id = ${backorderId}, code = ${code}, detail = ${detail},
        parts = ${parts}::jsonb
      where bulk_order_id = ${id} and position = ${position} and state = 'waiting' and exists (select from claim)
    )
    select held from claim`.execute(db)
  return rows[0]?.held === true
}

async function finish({ db }: Context, id: string): Promise<true> {
  await sql`update bulk_order set finished_at = clock_timestamp(), claimed_by = null, claimed_until = null
    where id = ${id} and finished_at is null`.execute(db)
  return true
}

/** Another may go on at once, after those that wait already. */
async function release(
  { db }: Context,
  { id, claimedBy }: { readonly id: string; readonly claimedBy: string },
): Promise<void> {
  await sql`update bulk_order set claimed_by = null, claimed_until = clock_timestamp()
    where id = ${id} and claimed_by = ${claimedBy}`.execute(db)
}
