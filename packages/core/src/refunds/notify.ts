import type { RefundState } from '@droplock/rules/machines/refund'
import type { Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { publish } from '../events/publish.ts'

type WrittenRefund = {
  readonly id: string
  /** As it was just written. */
  readonly state: RefundState
  /** Whether whoever made the refund wanted the customer to know of it. */
  readonly notify: boolean
}

/** Publishes that a refund succeeded or failed, unless the customer is not to be notified. Its other states are no events. */
export async function notifyOfRefund(
  tx: Transaction<Database>,
  ctx: Context,
  { id, state, notify }: WrittenRefund,
): Promise<void> {
  if (!notify) return
  if (state === 'succeeded') await publish(tx, ctx, 'refund.succeeded', id)
  if (state === 'failed') await publish(tx, ctx, 'refund.failed', id)
}
