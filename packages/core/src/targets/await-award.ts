import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import type { Lease } from '../leases/acquire.ts'
import { requireLease } from '../leases/fence.ts'
import { lockedInOrder } from './lock.ts'

/**
 * Marks targets whose create was taken as an application (1001): the award comes hours later. A successor asks who got the name
 * and creates nothing meanwhile. Throws LeaseLost.
 */
export async function awaitAward(ctx: Context, targetIds: readonly string[], lease?: Lease): Promise<void> {
  if (targetIds.length === 0) return
  await inTransaction(ctx.db, async (tx) => {
    await requireLease(tx, lease)
    await sql`
      with locked as ${lockedInOrder(targetIds, 'firing', 'ambiguous')}
      update catch_target set state = 'awaiting_award' from locked where catch_target.id = locked.id`.execute(
      tx,
    )
  })
}
