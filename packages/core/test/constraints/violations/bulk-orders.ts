import { sql } from 'kysely'
import type { Fixture, Violation } from '../fixture.ts'

async function insertBulkOrder({ tx, ctx, buyer }: Fixture, items = 1, subAccountId: string | null = null) {
  const account_id = buyer.actor.accountId
  const [key_id, id] = [ctx.newId(), ctx.newId()]
  const key = { id: key_id, account_id, label: 'x', scopes: [], key_sha256: Buffer.alloc(32) }
  await tx.insertInto('api_key').values(key).execute()
  const row = { id, account_id, key_id, items, idempotency_key: 'a key', sub_account_id: subAccountId }
  await tx.insertInto('bulk_order').values(row).execute()
  return id
}

async function insertItem(fixture: Fixture, item: string): Promise<string> {
  const id = await insertBulkOrder(fixture)
  await sql`insert into bulk_order_item (bulk_order_id, position, name, terms, state, backorder_id, code, detail)
    values (${id}, 0, 'a.test', '{}', ${sql.raw(item)})`.execute(fixture.tx)
  return id
}

export const bulkOrderViolations: readonly Violation[] = [
  {
    table: 'bulk_order',
    constraint: 'bulk_order_is_bounded',
    guarantee: 'a bulk order has from one to a thousand items',
    violate: (fixture) => insertBulkOrder(fixture, 1_001),
  },
  {
    table: 'bulk_order',
    constraint: 'bulk_order_is_of_own_sub_account',
    guarantee: 'a bulk order is of a sub-account of its own account',
    violate: (fixture) => insertBulkOrder(fixture, 1, fixture.ctx.newId()),
  },
  {
    table: 'bulk_order_item',
    constraint: 'bulk_item_state_known',
    guarantee: 'an item of a bulk order waits, or is placed or refused',
    violate: (fixture) => insertItem(fixture, "'lost', null, null, null"),
  },
  {
    table: 'bulk_order_item',
    constraint: 'placed_item_has_its_order',
    guarantee: 'an item is placed exactly if it has an order',
    violate: (fixture) => insertItem(fixture, "'placed', null, null, null"),
  },
  {
    table: 'bulk_order_item',
    constraint: 'refused_item_says_why',
    guarantee: 'an item is refused exactly if it says why',
    violate: (fixture) => insertItem(fixture, "'refused', null, null, null"),
  },
  {
    table: 'bulk_order_item',
    constraint: 'bulk_order_item_pkey',
    guarantee: 'a position of a bulk order is one item',
    violate: async (fixture) => {
      const id = await insertItem(fixture, "'waiting', null, null, null")
      await sql`insert into bulk_order_item (bulk_order_id, position, name, terms, state)
        values (${id}, 0, 'b.test', '{}', 'waiting')`.execute(fixture.tx)
    },
  },
]
