import type { RegistrationRequestKind } from '@droplock/rules/machines/registration-request'
import type { ContactDetails, NameServer } from '@droplock/rules/ports/registry-objects'
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
  /** The expiry at the registry after it renewed the name by itself; null: as far as we know it has not. */
  readonly autoRenewedUntil: Date | null
  /** The database's time before the registry is asked. */
  readonly asOf: Date
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

/** A change of a registration that its holder requested, or the end of an auth code. */
export type DueChange = {
  readonly kind: 'registration_change' | 'auth_code_unset'
  readonly id: string
  /** Of what was requested. */
  readonly changeId: string
  readonly change: RegistrationRequestKind
  readonly registrationId: string
  readonly name: string
  readonly crDate: Date
  /** Of a change of name servers. */
  readonly wanted: readonly NameServer[] | null
  /** Of an auth code that was not shown and is valid, or to be set. */
  readonly salt: Buffer | null
  /** A later auth code was set: the end of this one must not end that one. */
  readonly isReplaced: boolean
  /** A command was sent and its result is unknown: the request is not given up before it is known. */
  readonly inDoubt: boolean
  /** It was requested so long ago that it is given up rather than tried again. */
  readonly isOverdue: boolean
}

/** The deletion of a registration that nobody renewed. */
export type DueDeletion = {
  readonly kind: 'delete'
  readonly id: string
  readonly registrationId: string
  readonly name: string
  readonly crDate: Date
  /** A delete was about to be sent before: a name that is gone may have gone by it. */
  readonly wasSent: boolean
}

export type DueRequest = DueRenewal | DueContact | DueChange | DueDeletion

type ClaimOptions = {
  /** With deletions. Left out in fire windows: a change of name servers can take dozens of commands. */
  readonly changes: boolean
}

/**
 * Claims the longest due request of a registry account that is no `info` (see `claimDueInfos`), for the catcher that holds its lease. A
 * renewal is `renewing`, and a change `processing`, from here on. If the catcher dies, the request is still due and its successor claims
 * it. `undefined` where none is due.
 */
export async function claimDueRequest(
  ctx: Context,
  registryAccountId: string,
  { changes }: ClaimOptions = { changes: true },
): Promise<DueRequest | undefined> {
  const kinds = changes ? [...SHORT_KINDS, ...CHANGE_KINDS] : SHORT_KINDS
  const due = await ctx.db
    .selectFrom('registry_request')
    .select(['id', 'renewal_id', 'registration_request_id', 'registration_id'])
    .where('registry_account_id', '=', registryAccountId)
    .where('state', '<>', 'done')
    // As the index says it.
    .where('kind', '<>', 'info')
    .where('kind', 'in', kinds)
    .where('try_after', '<=', sql<Date>`statement_timestamp()`)
    .orderBy('try_after')
    .limit(1)
    .executeTakeFirst()
  if (due === undefined) return undefined
  const { id, renewal_id: renewalId, registration_request_id: changeId } = due
  if (due.registration_id !== null) return findDeletion(ctx, id)
  return inTransaction<DueRequest | undefined>(ctx.db, (tx) => {
    if (changeId !== null) return claimChange(tx, id, changeId)
    return renewalId === null ? claimContact(tx, id) : claimRenewal(tx, id, renewalId)
  })
}

const SHORT_KINDS = ['renew', 'contact_create'] as const
const CHANGE_KINDS = ['registration_change', 'auth_code_unset', 'delete'] as const

async function claimChange(
  tx: Transaction<Database>,
  id: string,
  changeId: string,
): Promise<DueChange | undefined> {
  // In lock order: what was requested, then its request.
  await sql`update registration_request set state = 'processing' where id = ${changeId} and state = 'queued'`.execute(
    tx,
  )
  const { rows } = await sql<DueChange>`
    select request.kind, request.id, change.id as "changeId", change.kind as change, registration.id as "registrationId",
      registration.name, cr_date as "crDate", wanted, salt,
      exists (select from registration_request as later where later.registration_id = registration.id and later.kind = 'auth_code'
        and later.state = 'succeeded' and later.id > change.id) as "isReplaced",
      request.state = 'sent' as "inDoubt",
      request.created_at + ${UNAVAILABLE_MS_MAX} * interval '1 millisecond' <= clock_timestamp() as "isOverdue"
    from registry_request as request join registration_request as change on change.id = request.registration_request_id
      join registration on registration.id = change.registration_id
      left join auth_code on auth_code.request_id = change.id
    where request.id = ${id} and request.state <> 'done'`.execute(tx)
  return rows[0]
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
      auto_renewed_until as "autoRenewedUntil", statement_timestamp() as "asOf",
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

async function findDeletion({ db }: Context, id: string): Promise<DueDeletion | undefined> {
  const { rows } = await sql<DueDeletion>`
    select request.kind, request.id, registration.id as "registrationId", name, cr_date as "crDate", cltrid is not null as "wasSent"
    from registry_request as request join registration on registration.id = request.registration_id
    where request.id = ${id} and request.state <> 'done'`.execute(db)
  return rows[0]
}
