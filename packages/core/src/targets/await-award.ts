import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import type { Lease } from '../leases/acquire.ts'
import { requireLease } from '../leases/fence.ts'

/**
 * Marks targets whose create was taken as an application (1001): the award comes hours later. A successor asks who got the name
 * and creates nothing meanwhile. Throws LeaseLost.
 */
export async function awaitAward(ctx: Context, targetIds: readonly string[], lease?: Lease): Promise<void> {
  if (targetIds.length === 0) return
  await inTransaction(ctx.db, async (tx) => {
    await requireLease(tx, lease)
    await sql`
      with locked as (select id from catch_target
        where id = any(${[...targetIds]}::uuid[]) and state in ('firing', 'ambiguous') order by id for update)
      update catch_target set state = 'awaiting_award' from locked where catch_target.id = locked.id`.execute(
      tx,
    )
  })
}
