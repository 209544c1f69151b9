import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import type { Lease } from '../leases/acquire.ts'
import { requireLease } from '../leases/fence.ts'
import { lockedInOrder } from './lock.ts'

export type Preparation = {
  readonly targetId: string
  /** The registration that is to be deleted, as the registry described it before the drop. */
  readonly priorClid: string | null
  readonly priorCrDate: Date | null
}

/**
 * Keeps what `info` said of the old registration, before the first create is sent: later it tells a win from a name that
 * expired under our own clID. Only an undecided target that never fired is written. Throws LeaseLost.
 */
export async function prepareTargets(
  ctx: Context,
  preparations: readonly Preparation[],
  lease?: Lease,
): Promise<void> {
  if (preparations.length === 0) return
  const ids = preparations.map((told) => told.targetId)
  await inTransaction(ctx.db, async (tx) => {
    await requireLease(tx, lease)
    await sql`
      with locked as ${lockedInOrder(ids, 'armed')}
      update catch_target set
        prior_clid = told.clid, prior_cr_date = told.cr_date, prepared_at = clock_timestamp()
      from locked join unnest(${ids}::uuid[], ${preparations.map((told) => told.priorClid)}::text[],
        ${preparations.map((told) => told.priorCrDate)}::timestamptz[]) as told (target_id, clid, cr_date)
        on told.target_id = locked.id
      where catch_target.id = locked.id`.execute(tx)
  })
}
