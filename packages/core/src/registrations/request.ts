import type { RegistrationRequestKind } from '@droplock/rules/machines/registration-request'
import type { NameServer } from '@droplock/rules/ports/registry-objects'
import { Refusal } from '@droplock/rules/refusals'
import { decideNameServers } from '@droplock/rules/registrations/name-servers'
import { sql, type Transaction } from 'kysely'
import type { NamedContacts } from '../account-contacts/of-orders.ts'
import { prepareContacts, type WantedContact } from '../account-contacts/wanted.ts'
import { requireNotRevoked } from '../api-keys.ts'
import { type AuthCodeSecrets, newAuthCodeSalt } from '../auth-codes/derive.ts'
import { type AccountContext, requireScope } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockOwnRegistration } from '../locks.ts'
import { requireOwnRegistration } from '../own-orders.ts'
import { fileChangeRequest } from '../registry-requests/file.ts'
import { type RegistrationRequestView, readRegistrationRequest } from './read-requests.ts'

/** An address in its one form: IPv6 by RFC 5952. */
function canonicalAddress(address: string): string {
  return address.includes(':') ? new URL(`http://[${address}]`).hostname.slice(1, -1) : address
}

function inOneForm({ name, addresses }: NameServer): NameServer {
  return addresses === undefined ? { name } : { name, addresses: addresses.map(canonicalAddress) }
}

/** `wanted`: A-labels in lower case and valid addresses. */
type SetNameServers = { readonly registrationId: string; readonly wanted: readonly NameServer[] }

/**
 * Requests the name servers of a registration of the caller's; the catcher sets them at the registry. While a request for the same
 * name servers is in progress, a repetition returns that one. Throws Refusal: insufficient_scope, registration_not_found,
 * registration_ended, invalid_name_servers, registration_request_pending, unauthenticated, try_again.
 */
export async function setNameServers(
  ctx: AccountContext,
  { registrationId, wanted }: SetNameServers,
): Promise<RegistrationRequestView> {
  requireScope(ctx, 'registrations:write')
  return requestChange(ctx, registrationId, 'name_servers', (name) =>
    decideNameServers(name, wanted.map(inOneForm)),
  )
}

/**
 * Requests a new auth code for a registration of the caller's; the catcher sets it at the registry, and `showAuthCode` shows it once.
 * While one is being set, a repetition returns that request. Throws Refusal: insufficient_scope, registration_not_found,
 * registration_ended, auth_code_unavailable (without a secret), unauthenticated, try_again. ADR 24.
 */
export async function requestAuthCode(
  ctx: AccountContext,
  registrationId: string,
  secrets: AuthCodeSecrets | undefined,
): Promise<RegistrationRequestView> {
  requireScope(ctx, 'registrations:write')
  if (secrets === undefined)
    throw new Refusal('auth_code_unavailable', 'This service is not set up for auth codes.')
  return requestChange(ctx, registrationId, 'auth_code', () => null)
}

/** `contactId`: the registrant, and every role that has no other. */
type SetContacts = NamedContacts & { readonly registrationId: string; readonly contactId: string }

/**
 * Requests the contacts of a registration of the caller's: their latest versions, which are made at the registry first. The catcher sets
 * them. While a request for the same is in progress, a repetition returns that one. Throws Refusal: insufficient_scope,
 * registration_not_found, registration_ended, contact_not_found, contacts_not_used, registration_request_pending, unauthenticated,
 * try_again.
 */
export async function setContacts(
  ctx: AccountContext,
  { registrationId, ...named }: SetContacts,
): Promise<RegistrationRequestView> {
  requireScope(ctx, 'registrations:write')
  return requestChange(ctx, registrationId, 'contacts', (_, tx) =>
    prepareContacts(tx, ctx, registrationId, named),
  )
}

/** What a registration shall have; null: an auth code, which is never stored. */
type Wanted = readonly NameServer[] | readonly WantedContact[] | null

/** Files a change, or finds the same one in progress. `decide` returns what is wanted, by the name. */
async function requestChange(
  ctx: AccountContext,
  registrationId: string,
  kind: RegistrationRequestKind,
  decide: (name: string, tx: Transaction<Database>) => Wanted | Promise<Wanted>,
): Promise<RegistrationRequestView> {
  const { accountId, keyId } = ctx.actor
  return inTransaction(ctx.db, async (tx) => {
    await requireOwnRegistration({ ...ctx, db: tx }, registrationId)
    const registration = await lockOwnRegistration(tx, registrationId, accountId)
    await requireNotRevoked(tx, keyId)
    if (registration.ended_at !== null || registration.deletion_requested_at !== null)
      throw new Refusal('registration_ended', 'This name is no longer registered here, or is being deleted.')
    const wanted = JSON.stringify(await decide(registration.name, tx))
    const live = await findLive(tx, registrationId, kind, wanted)
    if (live !== undefined && !live.isSame)
      throw new Refusal('registration_request_pending', 'Another change of this kind is in progress.', {
        registration_request_id: live.id,
      })
    const id = live?.id ?? (await insertRequest(tx, ctx, { registrationId, kind, wanted }))
    return readRegistrationRequest({ ...ctx, db: tx }, id)
  })
}

async function findLive(
  tx: Transaction<Database>,
  registrationId: string,
  kind: RegistrationRequestKind,
  wanted: string,
) {
  const { rows } = await sql<{ id: string; isSame: boolean }>`
    select id, coalesce(wanted, 'null'::jsonb) = ${wanted}::jsonb as "isSame" from registration_request
    where registration_id = ${registrationId} and kind = ${kind} and state in ('queued', 'processing')`.execute(
    tx,
  )
  return rows[0]
}

type NewRequest = {
  readonly registrationId: string
  readonly kind: RegistrationRequestKind
  readonly wanted: string
}

async function insertRequest(
  tx: Transaction<Database>,
  ctx: AccountContext,
  { registrationId, kind, wanted }: NewRequest,
): Promise<string> {
  const id = ctx.newId()
  const now = await databaseTime(tx)
  await tx
    .insertInto('registration_request')
    .values({
      id,
      registration_id: registrationId,
      account_id: ctx.actor.accountId,
      kind,
      wanted: kind === 'auth_code' ? null : sql`${wanted}::jsonb`,
      state: 'queued',
      created_at: now,
    })
    .execute()
  if (kind === 'auth_code')
    await tx.insertInto('auth_code').values({ request_id: id, salt: newAuthCodeSalt() }).execute()
  await fileChangeRequest(tx, ctx, { id, registrationId }, now)
  return id
}
