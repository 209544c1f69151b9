import type { Context } from '../context.ts'
import type { Lease } from './acquire.ts'

/** Gives a lease back, once every session is closed: the successor need not wait. A lost lease is left alone. */
export async function releaseLease(ctx: Context, lease: Lease): Promise<void> {
  await ctx.db
    .updateTable('registry_account')
    .set({ lease_owner: null, lease_expires_at: null })
    .where('id', '=', lease.accountId)
    .where('lease_owner', '=', lease.owner)
    .where('lease_epoch', '=', lease.epoch)
    .execute()
}
