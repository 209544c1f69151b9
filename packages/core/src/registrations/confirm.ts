import {
  type Confirmed,
  confirmAgainAt,
  describeRegistration,
  type HeldAnswer,
} from '@droplock/rules/registrations/held'
import { sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { publish } from '../events/publish.ts'
import { lockRegistration } from '../locks.ts'

/** A registration about which its registry is to be asked. */
export type DueRegistration = {
  readonly id: string
  readonly name: string
  readonly crDate: Date
  /** The database's time before the question: what the answer shows is at least as new. */
  readonly asOf: Date
}

/**
 * The registrations that are confirmed next, at most `limit`, for the catcher that holds the account's lease. If it dies, they are
 * still due.
 */
export async function findDueRegistrations(
  ctx: Context,
  registryAccountId: string,
  limit: number,
): Promise<readonly DueRegistration[]> {
  const { rows } = await sql<DueRegistration>`
    select id, name, cr_date as "crDate", statement_timestamp() as "asOf" from registration
    where registry_account_id = ${registryAccountId} and confirm_after <= statement_timestamp()
    order by confirm_after limit ${limit}`.execute(ctx.db)
  return rows
}

/** Records what the registry answered about a registration. Older knowledge never replaces newer. */
export async function recordConfirmation(
  ctx: Context,
  due: DueRegistration,
  held: HeldAnswer,
): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const registration = await lockRegistration(tx, due.id)
    if (registration.ended_at !== null) return
    if (held.kind === 'not_held') return endRegistration(tx, ctx, due.id)
    if (held.kind === 'held') {
      if (registration.confirmed_at !== null && registration.confirmed_at >= due.asOf) return
      return keepConfirmed(tx, due.id, describeRegistration(held.info), due.asOf)
    }
    const again = confirmAgainAt(await databaseTime(tx), held.kind)
    await tx.updateTable('registration').set({ confirm_after: again }).where('id', '=', due.id).execute()
  })
}

/** Stores what a registration is at its registry as of `asOf`. The caller holds its lock. */
export async function keepConfirmed(
  tx: Transaction<Database>,
  id: string,
  confirmed: Confirmed,
  asOf: Date,
): Promise<void> {
  const { statuses, rgpStatuses, nameServers, contacts } = confirmed
  await tx
    .updateTable('registration')
    .set({
      confirmed_at: asOf,
      statuses: [...statuses],
      rgp_statuses: [...rgpStatuses],
      name_servers: sql`${JSON.stringify(nameServers)}::jsonb`,
      contacts: sql`${JSON.stringify(contacts)}::jsonb`,
      confirm_after: confirmAgainAt(asOf, 'held'),
    })
    .where('id', '=', id)
    .execute()
}

/** Records that a registration is no longer ours, and notifies its holder. The caller holds its lock; it has not ended before. */
export async function endRegistration(tx: Transaction<Database>, ctx: Context, id: string): Promise<void> {
  await tx
    .updateTable('registration')
    .set({ ended_at: await databaseTime(tx), end_reason: 'not_held', confirm_after: null })
    .where('id', '=', id)
    .execute()
  await publish(tx, ctx, 'registration.ended', id)
}
