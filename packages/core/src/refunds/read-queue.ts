import type { RefundState } from '@droplock/rules/machines/refund'
import { sql } from 'kysely'
import { requirePermission, type StaffContext } from '../context.ts'

/** Refunds that wait for a person, for the worker or for the provider. Minor units. */
export type QueuedRefunds = {
  readonly state: Extract<RefundState, 'proposed' | 'approved' | 'processing' | 'failed'>
  readonly currency: string
  readonly count: number
  readonly amountMinor: bigint
  readonly oldestAt: Date
}

type Row = Omit<QueuedRefunds, 'count' | 'amountMinor'> & { readonly count: bigint; readonly amount: string }

/** Each part has an index of its own, so that finished refunds are not read. A failed one is owed until it is retried. */
export const queuedRefunds = sql`
  select state, currency, amount_minor, created_at from refund where state = 'proposed'
  union all
  select state, currency, amount_minor, created_at from refund where state in ('approved', 'processing')
  union all
  select state, currency, amount_minor, created_at from refund where state = 'failed' and not exists (
    select from refund as retry where retry.retries_refund_id = refund.id and retry.state not in ('rejected', 'expired'))`

/**
 * The refunds that are not finished, by state and currency, with how many, how much and since when. Throws
 * Refusal('forbidden').
 */
export async function readRefundQueue(ctx: StaffContext): Promise<readonly QueuedRefunds[]> {
  requirePermission(ctx, 'console:read')
  const { rows } = await sql<Row>`
    select state, currency, count(*) as count, sum(amount_minor)::text as amount, min(created_at) as "oldestAt" from (
      ${queuedRefunds}
    ) as queued
    group by state, currency
    order by array_position(array['proposed', 'approved', 'processing', 'failed'], state), currency`.execute(
    ctx.db,
  )
  return rows.map(({ count, amount, ...row }) => ({
    ...row,
    count: Number(count),
    amountMinor: BigInt(amount),
  }))
}
