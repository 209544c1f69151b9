import { sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'
import { type Lease, requireLease } from '../leases.ts'
import { lockedInOrder } from '../locks.ts'

/**
 * Arms a catch target for each of the closed listings that is held and paid: a new one, or the one that a moved schedule
 * had disarmed. The caller holds the listings' locks. What is copied here is what the drop is fought with: the window, and
 * the standard fee as the most that will ever be acknowledged (rule 3). Returns how many were armed.
 */
export async function armTargets(
  tx: Transaction<Database>,
  ctx: Context,
  listingIds: readonly string[],
): Promise<number> {
  if (listingIds.length === 0) return 0
  const ids = listingIds.map(() => ctx.newId())
  const { rows } = await sql<{ id: string }>`
    insert into catch_target (id, listing_id, backorder_id, registry_id, name, state, ordered_at,
      drop_from, drop_to, grace_until, fee_max_minor, fee_currency, armed_at)
    select fresh.id, listing.id, backorder.id, zone.registry_id, listing.name, 'armed', backorder.secured_at,
      listing.drop_from, listing.drop_to, listing.drop_to + zone.grace_seconds * interval '1 second',
      zone.standard_fee_minor + zone.phase_fee_minor, zone.fee_currency, clock_timestamp()
    from unnest(${[...listingIds]}::uuid[], ${ids}::uuid[]) as fresh (listing_id, id)
    join listing on listing.id = fresh.listing_id
    join backorder on backorder.id = listing.holder and backorder.state = 'backordered'
    join zone on zone.name = listing.zone
    on conflict (backorder_id) do update set
      state = 'armed', armed_at = excluded.armed_at, drop_from = excluded.drop_from, drop_to = excluded.drop_to,
      grace_until = excluded.grace_until
    where catch_target.state = 'disarmed'
    returning id`.execute(tx)
  return rows.length
}

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
