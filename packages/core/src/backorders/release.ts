import type { ExpiredReason } from '@droplock/rules/machines/backorder'
import { Refusal } from '@droplock/rules/refusals'
import { sql, type Transaction } from 'kysely'
import { type AccountContext, type Context, requireScope } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'
import { publishAll } from '../events/publish.ts'
import { lockBackorder, lockListing } from '../locks.ts'
import { cancelPayments } from '../payments/provider-tasks.ts'
import { type BackorderView, selectBackorders, toBackorderView } from './read.ts'

/**
 * Ends those of the backorders that are still unpaid holds: expired with the reason, their listings free, their payments to be
 * cancelled at the provider. The caller holds their listings' locks. Returns how many. Rule 7.
 */
export async function expireHolds(
  tx: Transaction<Database>,
  ctx: Context,
  backorderIds: readonly string[],
  reason: ExpiredReason,
): Promise<number> {
  if (backorderIds.length === 0) return 0
  const { rows } = await sql<{ id: string }>`
    with pending as (
      select id from backorder where id = any(${[...backorderIds]}::uuid[]) and state = 'pending_payment'
      order by id for update
    )
    update backorder set state = 'expired', expired_reason = ${reason}, decided_at = clock_timestamp()
    from pending where backorder.id = pending.id
    returning backorder.id`.execute(tx)
  const ids = rows.map((row) => row.id)
  await sql`update listing set holder = null where holder = any(${ids}::uuid[])`.execute(tx)
  await cancelPayments(tx, ctx, ids)
  await publishAll(tx, ctx, 'backorder.expired', ids)
  return rows.length
}

/** Holds ended in one transaction, for the same reason as listings at cut-off. */
const HOLDS_PER_BATCH_MAX = 500

/**
 * Ends the holds whose time to pay is over; their names are free again. Handles one batch; call again while not 0. Listings
 * that somebody works on are skipped: a payment that is arriving just now decides first.
 */
export async function lapseHolds(ctx: Context): Promise<number> {
  return inTransaction(ctx.db, async (tx) => {
    const { rows } = await sql<{ holder: string }>`
      select listing.holder from backorder join listing on listing.holder = backorder.id
      where backorder.state = 'pending_payment' and backorder.pay_by <= statement_timestamp()
      order by listing.id limit ${HOLDS_PER_BATCH_MAX} for update of listing skip locked`.execute(tx)
    return expireHolds(
      tx,
      ctx,
      rows.map((row) => row.holder),
      'lapsed',
    )
  })
}

/**
 * Releases the caller's unpaid order: the name is free at once. A secured one cannot be cancelled (rule 4). Returns it as it
 * is then. Throws Refusal: insufficient_scope, backorder_not_found, backorder_not_releasable, try_again.
 */
export async function releaseBackorder(ctx: AccountContext, id: string): Promise<BackorderView> {
  requireScope(ctx, 'backorders:write')
  return inTransaction(ctx.db, async (tx) => {
    const seen = await tx
      .selectFrom('backorder')
      .select('listing_id')
      .where('id', '=', id)
      .where('account_id', '=', ctx.actor.accountId)
      .executeTakeFirst()
    if (seen === undefined) throw new Refusal('backorder_not_found', 'No such backorder.', { id })
    await lockListing(tx, seen.listing_id)
    const { state } = await lockBackorder(tx, id)
    if (state !== 'pending_payment') {
      throw new Refusal('backorder_not_releasable', 'Only an unpaid order can be released.', { state })
    }
    await expireHolds(tx, ctx, [id], 'released')
    const released = selectBackorders({ ...ctx, db: tx }).where('backorder.id', '=', id)
    return toBackorderView(await released.executeTakeFirstOrThrow())
  })
}
