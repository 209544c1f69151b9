import { sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import { sendTogether } from '../database/send-together.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'
import { publishAll } from '../events/publish.ts'
import { type Lease, requireLease } from '../leases.ts'
import { lockedInOrder } from '../locks.ts'

/**
 * Marks targets as firing *before* the first create of the lease's account is sent: after a crash, `info` is sent for exactly the firing
 * ones. Listing → dropping and backorder → registering in the same transaction, unless another account of ours has begun before. Returns
 * the ids that the account may create now. For a target that was disarmed or withdrawn in the meantime, which is not among them, no
 * create may be sent. Without a lease (people who decide) no account tries. Throws LeaseLost.
 */
export async function beginFiring(
  ctx: Context,
  targetIds: readonly string[],
  lease?: Lease,
): Promise<readonly string[]> {
  if (targetIds.length === 0) return []
  return inTransaction(ctx.db, async (tx) => {
    const ids = [...targetIds]
    const lockedListings = sql`
      select from listing where id in (select listing_id from catch_target where id = any(${ids}::uuid[]))
      order by id for update`
    const firing = sql<{ id: string; listing_id: string; backorder_id: string }>`
      with locked as ${lockedInOrder(ids, 'armed')}
      update catch_target set state = 'firing' from locked where catch_target.id = locked.id
      returning catch_target.id, listing_id, backorder_id`
    const [, , { rows: fired }] = await sendTogether([
      requireLease(tx, lease),
      lockedListings.execute(tx),
      firing.execute(tx),
    ])
    const dropping = sql`
      update listing set state = 'dropping'
      where id = any(${fired.map((target) => target.listing_id)}::uuid[]) and state = 'closed'`
    const registering = sql<{ id: string }>`
      update backorder set state = 'registering'
      where id = any(${fired.map((target) => target.backorder_id)}::uuid[]) and state = 'backordered'
      returning id`
    const [, orders, tried] = await sendTogether([
      dropping.execute(tx),
      registering.execute(tx),
      lease === undefined ? Promise.resolve(fired.map(({ id }) => id)) : beginTries(tx, lease, ids),
    ])
    await publishAll(
      tx,
      ctx,
      'backorder.registering',
      orders.rows.map(({ id }) => id),
    )
    return tried
  })
}

/** Writes that the account tries these targets. One that was tried in an earlier arming is tried anew. */
async function beginTries(
  tx: Transaction<Database>,
  { accountId }: Lease,
  ids: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    with locked as ${lockedInOrder(ids, 'firing', 'ambiguous', 'awaiting_award')}
    insert into target_try (target_id, registry_account_id, arming, state, changed_at)
    select target.id, ${accountId}, target.arming, 'firing', clock_timestamp()
    from locked join catch_target as target on target.id = locked.id
    where not exists (select from withdrawal where listing_id = target.listing_id)
    on conflict on constraint one_try_per_account do update set
      arming = excluded.arming, state = 'firing', changed_at = excluded.changed_at, outcome = null, basis = null, code = null,
      cltrid = null, holder_clid = null, holder_created_at = null, awarded = null, asked_again_at = null
    where target_try.arming <> excluded.arming
    returning target_id as id`.execute(tx)
  return rows.map(({ id }) => id)
}
