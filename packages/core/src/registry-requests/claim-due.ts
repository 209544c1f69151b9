import type { ContactDetails } from '@droplock/rules/ports/registry-objects'
import { UNAVAILABLE_MS_MAX } from '@droplock/rules/renewals'
import { sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'

/** A request to renew, with all that is needed to decide it. */
export type DueRenewal = {
  readonly kind: 'renew'
  readonly id: string
  readonly renewalId: string
  readonly registrationId: string
  readonly name: string
  readonly crDate: Date
  readonly quotedExpiresAt: Date
  readonly years: number
  /** Tries before this one. */
  readonly attempts: number
  /** A renew was about to be sent before: an expiry that has moved may be its result. */
  readonly wasSent: boolean
  /** A renew was sent and its result is unknown: the request is not given up before it is known. */
  readonly inDoubt: boolean
  /** It was paid so long ago that it is given up rather than tried again. */
  readonly isOverdue: boolean
}

/** A request to create a contact. */
export type DueContact = {
  readonly kind: 'contact_create'
  readonly id: string
  readonly contactId: string
  /** The id that it will have there. */
  readonly handle: string
  readonly details: ContactDetails
}

type DueRequest = DueRenewal | DueContact

/**
 * Claims the longest due request of a registry account that is no `info` (see `claimDueInfos`), for the catcher that holds its lease. A renewal is `renewing` from here on.
 * If the catcher dies, the request is still due and its successor claims it. `undefined` where none is due.
 */
export async function claimDueRequest(
  ctx: Context,
  registryAccountId: string,
): Promise<DueRequest | undefined> {
  const due = await ctx.db
    .selectFrom('registry_request')
    .select(['id', 'renewal_id'])
    .where('registry_account_id', '=', registryAccountId)
    .where('state', '<>', 'done')
    .where('kind', '<>', 'info')
    .where('try_after', '<=', sql<Date>`statement_timestamp()`)
    .orderBy('try_after')
    .limit(1)
    .executeTakeFirst()
  if (due === undefined) return undefined
  const { id, renewal_id: renewalId } = due
  return inTransaction<DueRequest | undefined>(ctx.db, (tx) =>
    renewalId === null ? claimContact(tx, id) : claimRenewal(tx, id, renewalId),
  )
}

async function claimRenewal(
  tx: Transaction<Database>,
  id: string,
  renewalId: string,
): Promise<DueRenewal | undefined> {
  // In lock order: the renewal, then its request.
  await sql`update renewal set state = 'renewing' where id = ${renewalId} and state = 'paid'`.execute(tx)
  const { rows } = await sql<DueRenewal>`
    select request.kind, request.id, renewal.id as "renewalId", registration.id as "registrationId", registration.name,
      registration.cr_date as "crDate", quoted_expires_at as "quotedExpiresAt", years, attempts,
      cltrid is not null as "wasSent", request.state = 'sent' as "inDoubt",
      paid_at + ${UNAVAILABLE_MS_MAX} * interval '1 millisecond' <= clock_timestamp() as "isOverdue"
    from registry_request as request join renewal on renewal.id = request.renewal_id
      join registration on registration.id = renewal.registration_id
    where request.id = ${id} and request.state <> 'done' and renewal.state = 'renewing'`.execute(tx)
  return rows[0]
}

async function claimContact(tx: Transaction<Database>, id: string): Promise<DueContact | undefined> {
  const { rows } = await sql<DueContact>`
    select request.kind, request.id, request.contact_id as "contactId", handle, details
    from registry_request as request join registry_contact using (contact_id, registry_account_id)
      join contact on contact.id = request.contact_id
    where request.id = ${id} and request.state <> 'done'`.execute(tx)
  return rows[0]
}
