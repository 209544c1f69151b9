import type { Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { publish } from '../events/publish.ts'

export type Told = {
  readonly id: string
  /** Whether whoever made the refund wanted the customer told. */
  readonly notify: boolean
}

/** Tells the customer what became of a refund, unless it was made in silence. */
export async function tellOfRefund(
  tx: Transaction<Database>,
  ctx: Context,
  topic: 'refund.succeeded' | 'refund.failed',
  accountId: string,
  { id, notify }: Told,
): Promise<void> {
  if (notify) await publish(tx, ctx, topic, { id, accountId })
}
