import { type FaultyPart, Refusal } from '@droplock/rules/refusals'
import { sql } from 'kysely'
import { contactsOfOrder, type OrderContact } from '../account-contacts/shown.ts'
import { type AccountContext, requireScope } from '../context.ts'
import { type Page, toPage } from '../database/page.ts'

export type BulkOrderView = {
  readonly id: string
  readonly state: 'processing' | 'finished'
  readonly items: number
  readonly waiting: number
  readonly placed: number
  readonly refused: number
  readonly createdAt: Date
  readonly finishedAt: Date | null
}

/** One of the caller's bulk orders; of a sub-account's key its own alone. Throws Refusal: insufficient_scope, bulk_order_not_found. */
export async function getBulkOrder(ctx: AccountContext, id: string): Promise<BulkOrderView> {
  requireScope(ctx, 'backorders:read')
  return readBulkOrder(ctx, id)
}

/** The same for the answer to the request that files it. Throws Refusal('bulk_order_not_found'). */
export async function readBulkOrder(ctx: AccountContext, id: string): Promise<BulkOrderView> {
  const { rows } = await sql<BulkOrderView>`
    select id, case when finished_at is null then 'processing' else 'finished' end as state, items,
      waiting, placed, refused, created_at as "createdAt", finished_at as "finishedAt"
    from bulk_order, lateral (
      select count(*) filter (where state = 'waiting')::integer as waiting,
        count(*) filter (where state = 'placed')::integer as placed,
        count(*) filter (where state = 'refused')::integer as refused
      from bulk_order_item where bulk_order_id = bulk_order.id) as counted
    where id = ${id} and account_id = ${ctx.actor.accountId}
      and sub_account_id is not distinct from coalesce(${ctx.actor.subAccountId ?? null}::uuid, sub_account_id)`.execute(
    ctx.db,
  )
  const row = rows[0]
  if (row === undefined) throw new Refusal('bulk_order_not_found', 'No such bulk order.', { id })
  return row
}

export type BulkItemView = {
  readonly position: number
  readonly name: string
  readonly state: 'waiting' | 'placed' | 'refused'
  readonly backorderId: string | null
  readonly code: string | null
  readonly detail: string | null
  /** Within the item. */
  readonly parts: readonly FaultyPart[] | null
  readonly reference: string | null
  /** Of a placed item: see `contactsOfOrder`. */
  readonly contacts: readonly OrderContact[] | null
}

type ListBulkItems = { readonly id: string; readonly after?: number | undefined; readonly limit: number }

/** The items in the order of the request, with what became of each. Throws Refusal: insufficient_scope, bulk_order_not_found. */
export async function listBulkItems(
  ctx: AccountContext,
  { id, after, limit }: ListBulkItems,
): Promise<Page<BulkItemView>> {
  await getBulkOrder(ctx, id)
  const items = await ctx.db
    .selectFrom('bulk_order_item as item')
    .leftJoin('backorder', 'backorder.id', 'item.backorder_id')
    .leftJoin('listing', 'listing.id', 'backorder.listing_id')
    .select(['position', 'item.name', 'item.state', 'item.backorder_id as backorderId', 'code', 'detail'])
    .select(sql<BulkItemView['parts']>`parts`.as('parts'))
    .select(sql<string | null>`terms ->> 'reference'`.as('reference'))
    .select(contactsOfOrder('backorder', sql.ref('listing.zone')).as('contacts'))
    .where('bulk_order_id', '=', id)
    .where('position', '>', after ?? -1)
    .orderBy('position')
    .limit(limit + 1)
    .execute()
  return toPage(items, limit, ({ position }) => String(position))
}
