import { sql } from 'kysely'
import type { Context } from '../context.ts'

export type Lease = { readonly accountId: string; readonly owner: string; readonly epoch: bigint }

/**
 * Takes the lease of a registry account, if nobody's is still running by the database's clock. `owner` is the catcher
 * process's own id, new at every start: a restarted catcher is a successor and waits its predecessor out like any other.
 * Returns undefined while another holds it.
 */
export async function acquireLease(
  ctx: Context,
  accountId: string,
  owner: string,
  leaseMs: number,
): Promise<Lease | undefined> {
  const { rows } = await sql<{ epoch: bigint }>`
    update registry_account set
      lease_owner = ${owner}, lease_epoch = lease_epoch + 1,
      lease_expires_at = clock_timestamp() + ${leaseMs} * interval '1 millisecond'
    where id = ${accountId} and (lease_owner is null or lease_expires_at <= clock_timestamp())
    returning lease_epoch as epoch`.execute(ctx.db)
  const row = rows[0]
  return row && { accountId, owner, epoch: row.epoch }
}
