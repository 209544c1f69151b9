import { sql } from 'kysely'
import type { Context } from '../context.ts'
import type { Lease } from './acquire.ts'

/**
 * Extends a lease that is still held, by owner and epoch. False: it was lost, and the holder must stop sending. The holder
 * counts its own time from *before* this call, on its monotonic clock: the answer may come late.
 */
export async function renewLease(ctx: Context, lease: Lease, leaseMs: number): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    update registry_account set lease_expires_at = clock_timestamp() + ${leaseMs} * interval '1 millisecond'
    where id = ${lease.accountId} and lease_owner = ${lease.owner} and lease_epoch = ${lease.epoch}
      and lease_expires_at > clock_timestamp()
    returning id`.execute(ctx.db)
  return rows.length === 1
}
