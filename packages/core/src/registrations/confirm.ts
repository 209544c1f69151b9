import { findAutoRenewal, type PaidTerm } from '@droplock/rules/registrations/auto-renewal'
import {
  type Confirmed,
  confirmAgainAt,
  describeRegistration,
  type HeldAnswer,
  type RegistrationEnd,
} from '@droplock/rules/registrations/held'
import { sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { publish } from '../events/publish.ts'
import { lockRegistration } from '../locks.ts'
import { keepAutoRenewal } from './auto-renewal.ts'

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

/**
 * Records what the registry answered about a registration, and that it renewed the name by itself, if it did. Older knowledge never
 * replaces newer.
 */
export async function recordConfirmation(
  ctx: Context,
  due: DueRegistration,
  held: HeldAnswer,
): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const registration = await lockRegistration(tx, due.id)
    if (registration.ended_at !== null) return
    if (held.kind === 'not_held') return endRegistration(tx, ctx, due.id, 'not_held')
    if (held.kind === 'held') {
      if (registration.confirmed_at !== null && registration.confirmed_at >= due.asOf) return
      const confirmed = describeRegistration(held.info)
      const term = await findTerm(tx, ctx, due, { ...paidTermOf(registration), shown: confirmed.expiresAt })
      return keepConfirmed(tx, due.id, confirmed, { asOf: due.asOf, term })
    }
    const again = confirmAgainAt(await databaseTime(tx), held.kind, paidTermOf(registration))
    await tx.updateTable('registration').set({ confirm_after: again }).where('id', '=', due.id).execute()
  })
}

/** The columns of a registration that say how long it is paid for. */
export function paidTermOf(row: {
  readonly expires_at: Date
  readonly auto_renewed_until: Date | null
}): PaidTerm {
  return { expiresAt: row.expires_at, autoRenewedUntil: row.auto_renewed_until }
}

/** The term with what the registry added to it. Whoever renews the name finds that out by himself, because a renew adds years too. */
async function findTerm(
  tx: Transaction<Database>,
  ctx: Context,
  { id, asOf }: DueRegistration,
  term: PaidTerm & { readonly shown: Date | undefined },
): Promise<PaidTerm> {
  const autoRenewal = findAutoRenewal(term, term.shown, asOf)
  if (autoRenewal === undefined) return term
  const { rows } =
    await sql`select from renewal where registration_id = ${id} and state in ('paid', 'renewing')`.execute(tx)
  if (rows.length > 0) return term
  await keepAutoRenewal(tx, ctx, id, autoRenewal)
  return { ...term, autoRenewedUntil: autoRenewal.until }
}

/** Stores what a registration is at its registry as of `asOf`. The caller holds its lock. */
export async function keepConfirmed(
  tx: Transaction<Database>,
  id: string,
  confirmed: Confirmed,
  { asOf, term }: { readonly asOf: Date; readonly term: PaidTerm },
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
      confirm_after: confirmAgainAt(asOf, 'held', term),
    })
    .where('id', '=', id)
    .execute()
}

/** Records that a registration has ended, and notifies its holder. The caller holds its lock; it has not ended before. */
export async function endRegistration(
  tx: Transaction<Database>,
  ctx: Context,
  id: string,
  reason: RegistrationEnd,
): Promise<void> {
  await tx
    .updateTable('registration')
    .set({ ended_at: await databaseTime(tx), end_reason: reason, confirm_after: null })
    .where('id', '=', id)
    .execute()
  await publish(tx, ctx, 'registration.ended', id)
}
