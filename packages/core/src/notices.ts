import { HOLD_NOTICE_MS, HOLD_NOTICE_SHARE } from '@droplock/rules/backorders'
import { WATCH_NOTICE_SECONDS } from '@droplock/rules/listings'
import { sql } from 'kysely'
import type { Context } from './context.ts'
import { inTransaction } from './database/transaction.ts'
import { publishAll } from './events/publish.ts'
import { isBlocked } from './is-blocked.ts'
import { isZoneFor } from './is-zone-for.ts'

/** Notices per transaction: each is two rows. */
const NOTICES_PER_BATCH_MAX = 200

/** When the holder of an unpaid hold is notified that it is about to lapse. */
export const lapsingAt = sql<Date>`backorder.pay_by
  - least(${HOLD_NOTICE_MS} * interval '1 millisecond', (backorder.pay_by - backorder.created_at) * ${HOLD_NOTICE_SHARE}::float8)`

/** Nobody was notified yet. */
export const isHoldUnnoticed = sql<boolean>`backorder.state = 'pending_payment'
  and not exists (select from lapse_notice as notice where notice.backorder_id = backorder.id)`

/**
 * Notifies the holders of one batch of unpaid holds that they are about to lapse, each once; call again while not 0. Locked holds are
 * skipped: they are just being paid or ended.
 */
export async function notifyLapsingHolds(ctx: Context): Promise<number> {
  return inTransaction(ctx.db, async (tx) => {
    const { rows } = await sql<{ id: string }>`
      with lapsing as (
        select id from backorder
        where ${isHoldUnnoticed} and ${lapsingAt} <= statement_timestamp() and pay_by > statement_timestamp()
        order by id limit ${NOTICES_PER_BATCH_MAX} for key share skip locked
      )
      insert into lapse_notice (backorder_id, notified_at) select id, clock_timestamp() from lapsing
      on conflict do nothing returning backorder_id as id`.execute(tx)
    await publishAll(
      tx,
      ctx,
      'backorder.hold_lapsing',
      rows.map(({ id }) => id),
    )
    return rows.length
  })
}

/**
 * Notifies one batch of accounts that a name which they watch, and which nobody has ordered, soon closes for orders; call again while not
 * 0. Once for a watch and a cut-off. Watches that are just being removed are skipped.
 */
export async function notifyNearCutoffs(ctx: Context): Promise<number> {
  return inTransaction(ctx.db, async (tx) => {
    const { rows } = await sql<{ id: string }>`
      with near as (
        select watch.id, listing.cutoff_at from listing join watch on watch.name = listing.name join zone on zone.name = listing.zone
          and ${isZoneFor(sql`watch.account_id`)}
        where listing.state = 'open' and listing.holder is null and not premium and not reserved and not suspect and zone.enabled
          and listing.cutoff_at > statement_timestamp()
          and listing.cutoff_at <= statement_timestamp() + make_interval(secs => ${WATCH_NOTICE_SECONDS})
          and watch.near_cutoff_at is distinct from listing.cutoff_at and not ${isBlocked(sql`listing.name`)}
        order by watch.id limit ${NOTICES_PER_BATCH_MAX} for no key update of watch skip locked
      )
      update watch set near_cutoff_at = near.cutoff_at from near where watch.id = near.id returning watch.id`.execute(
      tx,
    )
    await publishAll(
      tx,
      ctx,
      'watch.cutoff_near',
      rows.map(({ id }) => id),
    )
    return rows.length
  })
}
