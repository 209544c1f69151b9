import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import type { Lease } from '../leases/acquire.ts'
import { requireLease } from '../leases/fence.ts'
import { lockedInOrder } from './lock.ts'

/**
 * Marks firing targets ambiguous: a create was sent and its answer is unknown. Nothing is refunded until `info` tells. Throws
 * LeaseLost.
 */
export async function markAmbiguous(
  ctx: Context,
  targetIds: readonly string[],
  lease?: Lease,
): Promise<void> {
  if (targetIds.length === 0) return
  await inTransaction(ctx.db, async (tx) => {
    await requireLease(tx, lease)
    await sql`
      with locked as ${lockedInOrder(targetIds, 'firing')}
      update catch_target set state = 'ambiguous' from locked where catch_target.id = locked.id`.execute(tx)
  })
}
