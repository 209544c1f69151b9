import { backorderMachine } from '@droplock/rules/machines/backorder'
import { next } from '@droplock/rules/machines/machine'
import type { Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { publish } from '../events/publish.ts'
import { post } from '../ledger/post.ts'
import type { LockedBackorder } from './lock.ts'

/** The times of the registration that was won: its creation, and its end. */
export type Won = { readonly crDate: Date; readonly expiresAt: Date }

/** The name is ours: escrow → revenue, settled at the registry's crDate (rule 8). The caller holds the locks. */
export async function succeedBackorder(
  tx: Transaction<Database>,
  ctx: Context,
  backorder: LockedBackorder,
  { crDate, expiresAt }: Won,
  now: Date,
): Promise<void> {
  await tx
    .updateTable('backorder')
    .set({ state: next(backorderMachine, backorder.state, 'succeed'), settled_at: crDate, decided_at: now })
    .where('id', '=', backorder.id)
    .execute()
  await post(tx, {
    cause: 'settle',
    causeId: backorder.id,
    from: 'escrow',
    to: 'revenue',
    amountMinor: backorder.price_minor,
    currency: backorder.currency,
    accountId: backorder.account_id,
    backorderId: backorder.id,
  })
  await publish(tx, ctx, 'backorder.successful', backorder.id, { expires_at: expiresAt.toISOString() })
}
