import type { Money } from '@droplock/rules/money'
import { sql } from 'kysely'
import type { NamedContacts } from '../account-contacts/of-orders.ts'
import type { OrderFields } from '../backorders/order-fields.ts'
import { type AccountContext, requireScope } from '../context.ts'
import type { JsonObject } from '../database/tables.gen.ts'
import type { KeyedRequest } from '../idempotency/keyed-request.ts'

/** More names are another bulk order: its answer and its items are pages that people can read. */
export const BULK_ITEMS_MAX = 1_000

/** The process that filed a bulk order has so long to begin with it; then a worker does. Seconds. */
const BEGIN_SECONDS_MAX = 10

/** One name of a bulk order. */
export type BulkItem = OrderFields &
  NamedContacts & {
    /** As the caller wrote it. */
    readonly name: string
    readonly expectedPrice?: Money | undefined
  }

/**
 * Files a bulk order, in the transaction of its request. Its items are ordered afterwards, by `processBulkOrder`. Returns its id. Throws
 * Refusal('insufficient_scope').
 */
export async function fileBulkOrder(
  ctx: AccountContext,
  items: readonly BulkItem[],
  { key }: Pick<KeyedRequest, 'key'>,
  claimedBy: string,
): Promise<string> {
  requireScope(ctx, 'backorders:write')
  const id = ctx.newId()
  const { accountId, keyId, subAccountId } = ctx.actor
  await ctx.db
    .insertInto('bulk_order')
    .values({
      id,
      account_id: accountId,
      key_id: keyId,
      sub_account_id: subAccountId ?? null,
      idempotency_key: key,
      items: items.length,
      claimed_by: claimedBy,
      claimed_until: sql<Date>`clock_timestamp() + ${BEGIN_SECONDS_MAX} * interval '1 second'`,
    })
    .execute()
  const rows = items.map(({ name, ...terms }, position) => ({ position, name, terms: termsOf(terms) }))
  await sql`
    insert into bulk_order_item (bulk_order_id, position, name, terms, state)
    select ${id}, position, name, terms, 'waiting'
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as item (position integer, name text, terms jsonb)`.execute(
    ctx.db,
  )
  return id
}

/** What an item says, as JSON: an amount as text, because a JSON number holds no more than 53 bits. */
function termsOf({ expectedPrice, ...fields }: Omit<BulkItem, 'name'>): JsonObject {
  const said = Object.entries(fields).filter(([, value]) => value !== undefined)
  return {
    ...Object.fromEntries(said),
    ...(expectedPrice && {
      expectedPrice: { amountMinor: expectedPrice.amountMinor.toString(), currency: expectedPrice.currency },
    }),
  }
}
