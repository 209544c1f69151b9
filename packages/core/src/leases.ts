import { type RawBuilder, sql, type Transaction } from 'kysely'
import type { Context } from './context.ts'
import type { Database } from './database/tables.gen.ts'

export type Lease = { readonly accountId: string; readonly owner: string; readonly epoch: bigint }

/**
 * Acquires the lease of a registry account if none is running by the database's clock. `owner` is the catcher process's id, new at
 * every start: a restarted catcher waits until its predecessor's lease has ended, like any other. Undefined while another holds it.
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
      driven_until = case when driven_epoch = lease_epoch and lease_owner is not null then lease_expires_at else driven_until end,
      lease_expires_at = clock_timestamp() + ${leaseMs} * interval '1 millisecond'
    where id = ${accountId} and (lease_owner is null or lease_expires_at <= clock_timestamp())
    returning lease_epoch as epoch`.execute(ctx.db)
  const row = rows[0]
  return row && { accountId, owner, epoch: row.epoch }
}

/**
 * Extends a lease that is still held, by owner and epoch. False where it was lost: then the holder must stop sending. The holder
 * counts its time from *before* this call, on its monotonic clock, as the answer may come late. `failuresReserved`: the most of the
 * account's budget that may be spent until the next renewal, of which a successor counts what is not recorded; unchanged without it.
 */
export async function renewLease(
  ctx: Context,
  lease: Lease,
  leaseMs: number,
  failuresReserved?: number,
): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    update registry_account set lease_expires_at = clock_timestamp() + ${leaseMs} * interval '1 millisecond'
      ${reserving(failuresReserved)}
    where id = ${lease.accountId} and lease_owner = ${lease.owner} and lease_epoch = ${lease.epoch}
      and lease_expires_at > clock_timestamp()
    returning id`.execute(ctx.db)
  return rows.length === 1
}

function reserving(failures: number | undefined): RawBuilder<unknown> {
  if (failures === undefined) return sql``
  return sql`, failures_reserved = ${failures}, failures_reserved_at = clock_timestamp()`
}

/**
 * Releases a lease once every session is closed, so that the successor need not wait. A lost lease is not changed.
 * `failuresReserved`: what was spent of the account's budget within the last 24 hours.
 */
export async function releaseLease(ctx: Context, lease: Lease, failuresReserved?: number): Promise<void> {
  await sql`
    update registry_account set lease_owner = null, lease_expires_at = null,
      driven_until = case when driven_epoch = lease_epoch then clock_timestamp() else driven_until end
      ${reserving(failuresReserved)}
    where id = ${lease.accountId} and lease_owner = ${lease.owner} and lease_epoch = ${lease.epoch}`.execute(
    ctx.db,
  )
}

/**
 * Records, before anything is sent, that the holder of this lease has opened sessions: from here on, until its lease has ended, creates
 * of the account may take effect. Throws LeaseLost.
 */
export async function noteDriven(ctx: Context, lease: Lease): Promise<void> {
  const { rows } = await sql`
    update registry_account set driven_epoch = lease_epoch
    where id = ${lease.accountId} and lease_owner = ${lease.owner} and lease_epoch = ${lease.epoch}
      and lease_expires_at > clock_timestamp()
    returning id`.execute(ctx.db)
  if (rows.length === 0) throw new LeaseLost(`the lease of ${lease.accountId} has ended`)
}

/** Whether the lease of a registry account is held now, by the database's clock; undefined where there is no such account. */
export async function readLease(ctx: Context, accountId: string): Promise<{ isHeld: boolean } | undefined> {
  return ctx.db
    .selectFrom('registry_account')
    .select(sql<boolean>`coalesce(lease_expires_at > clock_timestamp(), false)`.as('isHeld'))
    .where('id', '=', accountId)
    .executeTakeFirst()
}

/** The lease has expired or another catcher holds it: nothing is written. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost'
}

/**
 * Throws LeaseLost unless the lease runs, by owner, epoch and the database's clock: a process that was frozen writes nothing when it
 * continues. Without a lease (operators, repairs) nothing is checked. The account's row is not locked: a holder that is frozen in its
 * transaction would block its successors.
 */
export async function requireLease(tx: Transaction<Database>, lease: Lease | undefined): Promise<void> {
  if (lease === undefined) return
  const { rows } = await sql`
    select from registry_account where id = ${lease.accountId} and lease_owner = ${lease.owner}
      and lease_epoch = ${lease.epoch} and lease_expires_at > clock_timestamp()`.execute(tx)
  if (rows.length === 0) throw new LeaseLost(`the lease of ${lease.accountId} has ended`)
}

/**
 * SQL: the id of the account that asks a registry what concerns no account in particular: one that a catcher drives, always the same
 * of several; where none is driven the first.
 */
export function servingAccount(registryId: RawBuilder<unknown>): RawBuilder<string> {
  return sql<string>`select id from registry_account as serving where serving.registry_id = ${registryId}
    order by coalesce(serving.lease_expires_at > statement_timestamp(), false) desc, serving.id limit 1`
}
