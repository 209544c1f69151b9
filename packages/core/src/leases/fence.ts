import { sql, type Transaction } from 'kysely'
import type { Database } from '../database/tables.gen.ts'
import type { Lease } from './acquire.ts'

/** The lease ran out or is another's: what its holder was about to write is not written. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost'
}

/**
 * Throws LeaseLost unless the lease runs, by owner, epoch and the database's clock: a holder that was frozen writes nothing once
 * it thaws. Without a lease (operators, repairs) nothing is asked. The account's row is not locked: a holder frozen in its
 * transaction would keep its successors out.
 */
export async function requireLease(tx: Transaction<Database>, lease: Lease | undefined): Promise<void> {
  if (lease === undefined) return
  const { rows } = await sql`
    select from registry_account where id = ${lease.accountId} and lease_owner = ${lease.owner}
      and lease_epoch = ${lease.epoch} and lease_expires_at > clock_timestamp()`.execute(tx)
  if (rows.length === 0) throw new LeaseLost(`the lease of ${lease.accountId} is over`)
}
