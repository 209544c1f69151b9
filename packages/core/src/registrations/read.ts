import { type ContactRole, contactRoles } from '@droplock/rules/contacts'
import type { NameServer } from '@droplock/rules/ports/registry-objects'
import { Refusal } from '@droplock/rules/refusals'
import type { RegistrationEnd, RegistrationState } from '@droplock/rules/registrations/held'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { type AccountContext, requireScope, type Whose } from '../context.ts'
import { type Page, requireCursor, toPage } from '../database/page.ts'
import { isOwnOrder } from '../own-orders.ts'

/** A caught name as its holder sees it. */
export type RegistrationView = {
  readonly id: string
  readonly backorderId: string
  readonly name: string
  readonly zone: string
  readonly state: RegistrationState
  /** The registry's creation date. */
  readonly createdAt: Date
  /** Until when its holder has paid. */
  readonly expiresAt: Date
  /** Until when it can be renewed after that, once it has expired. */
  readonly renewableUntil: Date | null
  /** The expiry at the registry after it renewed the name by itself. */
  readonly autoRenewedUntil: Date | null
  readonly deletionRequestedAt: Date | null
  /** What follows is as the registry answered at this time; null: it was not asked yet. */
  readonly confirmedAt: Date | null
  readonly statuses: readonly string[] | null
  readonly nameServers: readonly NameServer[] | null
  readonly contacts: readonly RegistrationContact[] | null
  readonly endedAt: Date | null
  readonly endReason: RegistrationEnd | null
}

/** `handle`: the id of the contact at the registry; `contactId`: that of the caller's contact, if it is one. */
type RegistrationContact = {
  readonly role: ContactRole
  readonly handle: string
  readonly contactId: string | null
}

/** SQL: the zone of a registration. Names have exactly one label below their zone (rule 16). */
export const zoneOfRegistration = sql<string>`substr(registration.name, strpos(registration.name, '.') + 1)`

/** The ids of the caller's contacts, by their handles at the registry. */
const ownContacts = sql<Readonly<Record<string, string>> | null>`(
  select jsonb_object_agg(made.handle, contact.account_contact_id)
  from registry_contact as made join contact on contact.id = made.contact_id
  where made.registry_account_id = registration.registry_account_id and contact.account_id = registration.account_id
    and made.handle in (select value from jsonb_each_text(registration.contacts)))`

/** The caller's registrations, ready for `toRegistrationView`. */
export function selectRegistrations(ctx: Whose) {
  return ctx.db
    .selectFrom('registration')
    .selectAll()
    .select([zoneOfRegistration.as('zone'), ownContacts.as('own_contacts')])
    .where('account_id', '=', ctx.actor.accountId)
    .where(isOwnOrder(ctx, sql.ref('registration.backorder_id')))
}

type RegistrationRow = Awaited<ReturnType<ReturnType<typeof selectRegistrations>['execute']>>[number]

export function toRegistrationView(row: RegistrationRow): RegistrationView {
  const handles = row.contacts as Readonly<Partial<Record<ContactRole, string>>> | null
  return {
    id: row.id,
    backorderId: row.backorder_id,
    name: row.name,
    zone: row.zone,
    state: stateOf(row),
    createdAt: row.cr_date,
    expiresAt: row.expires_at,
    renewableUntil: row.renewable_until,
    autoRenewedUntil: row.auto_renewed_until,
    deletionRequestedAt: row.deletion_requested_at,
    confirmedAt: row.confirmed_at,
    statuses: row.statuses && [...row.statuses, ...(row.rgp_statuses ?? [])],
    nameServers: row.name_servers as readonly NameServer[] | null,
    contacts: handles && contactsOf(handles, row.own_contacts ?? {}),
    endedAt: row.ended_at,
    endReason: row.end_reason,
  }
}

function stateOf({
  ended_at,
  renewable_until,
}: Pick<RegistrationRow, 'ended_at' | 'renewable_until'>): RegistrationState {
  if (ended_at !== null) return 'ended'
  return renewable_until === null ? 'registered' : 'expired'
}

/** For a statement that reads `registration`. */
export const inRegistrationState: Readonly<Record<RegistrationState, RawBuilder<SqlBool>>> = {
  registered: sql`ended_at is null and renewable_until is null`,
  expired: sql`ended_at is null and renewable_until is not null`,
  ended: sql`ended_at is not null`,
}

function contactsOf(
  handles: Readonly<Partial<Record<ContactRole, string>>>,
  own: Readonly<Record<string, string>>,
): readonly RegistrationContact[] {
  return contactRoles.flatMap((role) => {
    const handle = handles[role]
    return handle === undefined ? [] : [{ role, handle, contactId: own[handle] ?? null }]
  })
}

/** One of the caller's registrations. Throws Refusal: insufficient_scope, registration_not_found. */
export async function getRegistration(ctx: AccountContext, id: string): Promise<RegistrationView> {
  requireScope(ctx, 'registrations:read')
  const row = await selectRegistrations(ctx).where('id', '=', id).executeTakeFirst()
  if (row === undefined) throw new Refusal('registration_not_found', 'No such registration.', { id })
  return toRegistrationView(row)
}

export type ListRegistrations = {
  readonly name?: string
  readonly zone?: string
  readonly backorderId?: string
  readonly state?: RegistrationState
  /** At this time or later, and before that time. */
  readonly expiresFrom?: Date
  readonly expiresBefore?: Date
  /** `id` of the last registration of the previous page. */
  readonly after?: string
  readonly limit: number
}

/** The caller's registrations, newest first (ids are UUIDv7). Throws Refusal: insufficient_scope, invalid_cursor. */
export async function listRegistrations(
  ctx: AccountContext,
  query: ListRegistrations,
): Promise<Page<RegistrationView>> {
  requireScope(ctx, 'registrations:read')
  const { name, zone, backorderId, state, expiresFrom, expiresBefore, after, limit } = query
  let select = selectRegistrations(ctx)
    .orderBy('id', 'desc')
    .limit(limit + 1)
  if (name !== undefined) select = select.where('name', '=', name)
  if (zone !== undefined) select = select.where(zoneOfRegistration, '=', zone)
  if (backorderId !== undefined) select = select.where('backorder_id', '=', backorderId)
  if (state !== undefined) select = select.where(inRegistrationState[state])
  if (expiresFrom !== undefined) select = select.where('expires_at', '>=', expiresFrom)
  if (expiresBefore !== undefined) select = select.where('expires_at', '<', expiresBefore)
  if (after !== undefined) {
    await requireCursor(selectRegistrations(ctx).where('id', '=', after))
    select = select.where('id', '<', after)
  }
  const rows = await select.execute()
  return toPage(rows.map(toRegistrationView), limit, (registration) => registration.id)
}
