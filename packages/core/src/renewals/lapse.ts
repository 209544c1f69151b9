import { sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'
import { publishAll } from '../events/publish.ts'
import { cancelPayments } from '../payments/provider-tasks.ts'

/**
 * Expires those of the renewals that are unpaid, and files the cancellation of their payments. Locks them in id order. Returns how
 * many.
 */
export async function expireRenewals(
  tx: Transaction<Database>,
  ctx: Context,
  renewalIds: readonly string[],
): Promise<number> {
  if (renewalIds.length === 0) return 0
  const { rows } = await sql<{ id: string }>`
    with pending as (
      select id from renewal where id = any(${[...renewalIds]}::uuid[]) and state = 'pending_payment' order by id for update
    )
    update renewal set state = 'expired', decided_at = clock_timestamp() from pending where renewal.id = pending.id
    returning renewal.id`.execute(tx)
  const ids = rows.map((row) => row.id)
  await cancelPayments(tx, ctx, ids)
  await publishAll(tx, ctx, 'renewal.expired', ids)
  return rows.length
}

/** Renewals per transaction: few enough that nobody waits long for one of them. */
const RENEWALS_PER_BATCH_MAX = 500

/**
 * Expires one batch of renewals whose time to pay is over; call again while not 0. Locked ones are skipped: a payment that is just being
 * applied decides first.
 */
export async function lapseRenewals(ctx: Context): Promise<number> {
  return inTransaction(ctx.db, async (tx) => {
    const { rows } = await sql<{ id: string }>`
      select id from renewal where state = 'pending_payment' and pay_by <= statement_timestamp()
      order by id limit ${RENEWALS_PER_BATCH_MAX} for update skip locked`.execute(tx)
    return expireRenewals(
      tx,
      ctx,
      rows.map((row) => row.id),
    )
  })
}
