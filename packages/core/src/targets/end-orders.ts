import type { OutcomeSnapshot } from '@droplock/rules/drop/outcome'
import { backorderMachine, type FailureReason } from '@droplock/rules/machines/backorder'
import { next } from '@droplock/rules/machines/machine'
import { sql, type Transaction } from 'kysely'
import { lockSecuringPayments } from '../batch-locks.ts'
import type { Context } from '../context.ts'
import { sendTogether } from '../database/send-together.ts'
import type { Database } from '../database/tables.gen.ts'
import { publishEach } from '../events/publish.ts'
import { postAll } from '../ledger/post.ts'
import type { LockedBackorder } from '../locks.ts'
import { refundEachAutomatically } from '../refunds/refund-automatically.ts'

type FailedOrder = {
  readonly backorder: LockedBackorder
  readonly reason: FailureReason
  /** Left out where the name had no drop. */
  readonly outcome?: OutcomeSnapshot
}

/**
 * The names were not caught: their backorders fail, each with its reason, and are refunded at once, in this order. The caller holds the
 * locks. Rule 9.
 */
export async function failBackorders(
  tx: Transaction<Database>,
  ctx: Context,
  failed: readonly FailedOrder[],
  now: Date,
): Promise<void> {
  if (failed.length === 0) return
  const ids = failed.map(({ backorder }) => backorder.id)
  const failing = sql`
    update backorder set state = failed.state, failure_reason = failed.reason, decided_at = ${now}
    from unnest(
      ${failed.map(({ backorder }) => backorder.id)}::uuid[],
      ${failed.map(({ backorder }) => next(backorderMachine, backorder.state, 'fail'))}::text[],
      ${failed.map(({ reason }) => reason)}::text[]) as failed (id, state, reason)
    where backorder.id = failed.id`.execute(tx)
  const [, locked] = await sendTogether([failing, lockSecuringPayments(tx, ids)])
  const payments = new Map(locked.map((each) => [each.backorder_id, each]))
  const refunds = await refundEachAutomatically(
    tx,
    ctx,
    ids.map((id) => {
      const payment = payments.get(id)
      if (payment === undefined) throw new Error(`backorder ${id} has no payment that secures it`)
      return { payment, cause: 'backorder_failed', source: 'escrow', now }
    }),
  )
  await publishEach(
    tx,
    ctx,
    'backorder.failed',
    refunds.flatMap((refund, index) => {
      const { [index]: order } = failed
      if (order === undefined) return []
      const { backorder, outcome } = order
      return [{ key: backorder.id, known: { refund, ...(outcome !== undefined && { outcome }) } }]
    }),
  )
}

type WonOrder = {
  readonly backorder: LockedBackorder
  /** When the registration was created, according to the registry. */
  readonly crDate: Date
  readonly expiresAt: Date
}

/** The names were caught: escrow → revenue, settled at the registry's crDate (rule 8). The caller holds the locks. */
export async function succeedBackorders(
  tx: Transaction<Database>,
  ctx: Context,
  won: readonly WonOrder[],
  now: Date,
): Promise<void> {
  if (won.length === 0) return
  const succeeding = sql`
    update backorder set state = won.state, settled_at = won.settled_at, decided_at = ${now}
    from unnest(
      ${won.map(({ backorder }) => backorder.id)}::uuid[],
      ${won.map(({ backorder }) => next(backorderMachine, backorder.state, 'succeed'))}::text[],
      ${won.map(({ crDate }) => crDate)}::timestamptz[]) as won (id, state, settled_at)
    where backorder.id = won.id`.execute(tx)
  const posting = postAll(
    tx,
    won.map(({ backorder }) => ({
      cause: 'settle',
      causeId: backorder.id,
      from: 'escrow',
      to: 'revenue',
      amountMinor: backorder.price_minor,
      currency: backorder.currency,
      accountId: backorder.account_id,
      backorderId: backorder.id,
    })),
  )
  const publishing = publishEach(
    tx,
    ctx,
    'backorder.successful',
    won.map(({ backorder, expiresAt }) => ({
      key: backorder.id,
      known: { expires_at: expiresAt.toISOString() },
    })),
  )
  await sendTogether([succeeding, posting, publishing])
}
