import { HOLD_MARGIN_MS } from '@droplock/rules/listings'
import { sql, type Transaction } from 'kysely'
import { expireHolds } from '../backorders/expire.ts'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { publishAll } from '../events/publish.ts'
import { isZoneFor } from '../is-zone-for.ts'
import { armTargets } from '../targets/prepare.ts'

/**
 * After listings were moved, by a list or an operator: adapts their targets and unpaid holds, and notifies their holders and the accounts
 * that watch them. The caller holds the locks of the listings and has written their new schedule and state. Of `stopped`, whose drop had
 * begun, it holds the locks of the targets too. Rule 6.
 */
export async function followMoves(
  tx: Transaction<Database>,
  ctx: Context,
  listingIds: readonly string[],
  stopped: readonly string[] = [],
): Promise<void> {
  if (listingIds.length === 0) return
  const ids = [...listingIds]
  await stopDrops(tx, [...stopped])
  await moveTargets(tx, ctx, ids)
  await shortenHolds(tx, ctx, ids)
  await notifyHolders(tx, ctx, ids)
  await notifyWatchers(tx, ctx, ids)
}

/** A drop that had begun did not happen, or not yet: nothing more is created for the name, and its order waits again. */
async function stopDrops(tx: Transaction<Database>, ids: string[]): Promise<void> {
  if (ids.length === 0) return
  await sql`
    with firing as (
      select catch_target.id from listing join catch_target on catch_target.backorder_id = listing.holder
      where listing.id = any(${ids}::uuid[]) and catch_target.state = 'firing'
      order by catch_target.id for update of catch_target
    )
    update catch_target set state = 'disarmed' from firing where catch_target.id = firing.id`.execute(tx)
  await sql`
    with registering as (
      select backorder.id from listing join backorder on backorder.id = listing.holder
      where listing.id = any(${ids}::uuid[]) and backorder.state = 'registering'
      order by backorder.id for update of backorder
    )
    update backorder set state = 'backordered' from registering where backorder.id = registering.id`.execute(
    tx,
  )
}

/** A target waits for its listing's cut-off. Where that is past it is armed again at once, as no sweep closes a closed listing. */
async function moveTargets(tx: Transaction<Database>, ctx: Context, ids: string[]): Promise<void> {
  // By ascending id: catchers write the same targets without the locks of the listings.
  await sql`
    with waiting as (
      select catch_target.id from listing join catch_target on catch_target.backorder_id = listing.holder
      where listing.id = any(${ids}::uuid[]) and catch_target.state = 'armed'
      order by catch_target.id for update of catch_target
    )
    update catch_target set state = 'disarmed' from waiting where catch_target.id = waiting.id`.execute(tx)
  const { rows: closed } = await sql<{ id: string }>`
    select id from listing where id = any(${ids}::uuid[]) and state = 'closed'`.execute(tx)
  const closedIds = closed.map((row) => row.id)
  await armTargets(tx, ctx, closedIds)
}

/** Unpaid holds end before the new cut-off; where that is past, they end now and their listings are free. */
async function shortenHolds(tx: Transaction<Database>, ctx: Context, ids: string[]): Promise<void> {
  const { rows } = await sql<{ id: string; isOver: boolean }>`
    with shortened as (
      select backorder.id,
        least(backorder.pay_by, listing.cutoff_at - ${HOLD_MARGIN_MS} * interval '1 millisecond') as pay_by
      from listing join backorder on backorder.id = listing.holder
      where listing.id = any(${ids}::uuid[]) and backorder.state = 'pending_payment'
      order by backorder.id for update of backorder
    )
    update backorder set pay_by = shortened.pay_by from shortened where backorder.id = shortened.id
    returning backorder.id, backorder.pay_by <= clock_timestamp() as "isOver"`.execute(tx)
  const over = rows.filter((row) => row.isOver).map((row) => row.id)
  await expireHolds(tx, ctx, over, 'lapsed')
}

async function notifyHolders(tx: Transaction<Database>, ctx: Context, ids: string[]): Promise<void> {
  const { rows } = await sql<{ holder: string }>`
    select holder from listing where id = any(${ids}::uuid[]) and holder is not null order by holder`.execute(
    tx,
  )
  await publishAll(
    tx,
    ctx,
    'backorder.rescheduled',
    rows.map(({ holder }) => holder),
  )
}

/**
 * Notifies the accounts that watch moved listings: not an account that holds the name, which is notified of its order, and nobody of a name
 * in another's sandbox.
 */
export async function notifyWatchers(tx: Transaction<Database>, ctx: Context, ids: string[]): Promise<void> {
  if (ids.length === 0) return
  const { rows } = await sql<{ id: string }>`
    select watch.id from listing join watch on watch.name = listing.name
      join zone on zone.name = listing.zone and ${isZoneFor(sql`watch.account_id`)} left join backorder on backorder.id = listing.holder
    where listing.id = any(${ids}::uuid[]) and backorder.account_id is distinct from watch.account_id order by watch.id`.execute(
    tx,
  )
  await publishAll(
    tx,
    ctx,
    'watch.rescheduled',
    rows.map(({ id }) => id),
  )
}
