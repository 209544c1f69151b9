import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import { publishAll } from '../events/publish.ts'
import { type Lease, requireLease } from '../leases.ts'
import { lockedInOrder } from '../locks.ts'

/**
 * Marks targets as firing *before* their first create is sent: after a crash, `info` is sent for exactly the firing ones. Listing →
 * dropping and backorder → registering in the same transaction. Returns the ids that are firing now. For a target that was disarmed
 * or withdrawn in the meantime, which is not among them, no create may be sent. Throws LeaseLost.
 */
export async function beginFiring(
  ctx: Context,
  targetIds: readonly string[],
  lease?: Lease,
): Promise<readonly string[]> {
  if (targetIds.length === 0) return []
  return inTransaction(ctx.db, async (tx) => {
    await requireLease(tx, lease)
    const ids = [...targetIds]
    await sql`
      select from listing where id in (select listing_id from catch_target where id = any(${ids}::uuid[]))
      order by id for update`.execute(tx)
    const { rows: fired } = await sql<{ id: string; listing_id: string; backorder_id: string }>`
      with locked as ${lockedInOrder(ids, 'armed')}
      update catch_target set state = 'firing' from locked where catch_target.id = locked.id
      returning catch_target.id, listing_id, backorder_id`.execute(tx)
    await sql`
      update listing set state = 'dropping'
      where id = any(${fired.map((target) => target.listing_id)}::uuid[]) and state = 'closed'`.execute(tx)
    const { rows: registering } = await sql<{ id: string }>`
      update backorder set state = 'registering'
      where id = any(${fired.map((target) => target.backorder_id)}::uuid[]) and state = 'backordered'
      returning id`.execute(tx)
    await publishAll(
      tx,
      ctx,
      'backorder.registering',
      registering.map(({ id }) => id),
    )
    return fired.map((target) => target.id)
  })
}
