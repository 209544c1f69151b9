import { sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'
import { type Lease, requireLease } from '../leases.ts'
import { lockedInOrder } from '../locks.ts'
import { noteBatches } from '../observed/batches.ts'

/**
 * Arms a catch target for each of the closed listings that is held and paid: a new one, or the one that a moved schedule had
 * disarmed. The caller holds the locks of the listings. The catcher works with what is copied here: the window, and the standard fee
 * as the most that it agrees to pay (rule 3). A target that is armed again keeps the time of its first arming: a registration that was
 * made since then is a new one, also one that a create of ours made just before the schedule moved (rule 19). Returns how many were
 * armed.
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
      state = 'armed', arming = catch_target.arming + 1, drop_from = excluded.drop_from, drop_to = excluded.drop_to,
      grace_until = excluded.grace_until
    where catch_target.state = 'disarmed'
    returning id`.execute(tx)
  await noteBatches(
    tx,
    rows.map(({ id }) => id),
  )
  return rows.length
}

export type Preparation = {
  readonly targetId: string
  /** The registration that will be deleted, as `info` described it before the drop. */
  readonly priorClid: string | null
  readonly priorCrDate: Date | null
  /** Its last update and its ROID: some registries release a batch in this order. */
  readonly priorUpdatedAt?: Date | null
  readonly priorRoid?: string | null
}

/**
 * Records what `info` says of the old registration before the first create is sent. Later it distinguishes a win from a name that
 * expired under our own clID. Only armed targets are written. Throws LeaseLost.
 */
export async function prepareTargets(
  ctx: Context,
  preparations: readonly Preparation[],
  lease?: Lease,
): Promise<void> {
  if (preparations.length === 0) return
  const ids = preparations.map((each) => each.targetId)
  await inTransaction(ctx.db, async (tx) => {
    await requireLease(tx, lease)
    await sql`
      with locked as ${lockedInOrder(ids, 'armed')}
      update catch_target set
        prior_clid = prior.clid, prior_cr_date = prior.cr_date, prior_updated_at = prior.updated_at, prior_roid = prior.roid,
        prepared_at = clock_timestamp()
      from locked join unnest(${ids}::uuid[], ${preparations.map((each) => each.priorClid)}::text[],
        ${preparations.map((each) => each.priorCrDate)}::timestamptz[],
        ${preparations.map((each) => each.priorUpdatedAt ?? null)}::timestamptz[],
        ${preparations.map((each) => each.priorRoid ?? null)}::text[]) as prior (target_id, clid, cr_date, updated_at, roid)
        on prior.target_id = locked.id
      where catch_target.id = locked.id`.execute(tx)
  })
}
