import { Refusal } from '@droplock/rules/refusals'
import { isRole, type Role } from '@droplock/rules/staff'
import { sql } from 'kysely'
import { type OperatorContext, requirePermission, type StaffContext } from '../context.ts'
import { escapeLike, type Listed, type Paging, readListed } from '../database/page.ts'
import { readSessions, type SessionView } from './own-access/read.ts'

export type StaffView = {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly roles: readonly Role[]
  readonly version: number
  readonly createdAt: Date
  readonly signedInAt: Date | null
  readonly disabledAt: Date | null
  readonly hasPassword: boolean
  /** Whether the person is known to the identity provider. */
  readonly hasIdentity: boolean
  /** When the second factor was set up; null where there is none. */
  readonly secondFactorSince: Date | null
  /** Until when the link to choose a password can be used; null where there is none that can. */
  readonly linkExpiresAt: Date | null
  readonly openSessions: number
}

type ListStaff = Paging & {
  readonly email?: string
  /** A part of a name or address. */
  readonly q?: string
  readonly role?: Role
  readonly disabled?: boolean
}

/** All people of the console, by e-mail address; disabled ones last. Throws Refusal('forbidden'). */
export async function listStaff(ctx: OperatorContext, query: ListStaff): Promise<Listed<StaffView>> {
  requirePermission(ctx, 'staff:read')
  let matching = people(ctx)
  if (query.email !== undefined) matching = matching.where('email', '=', query.email.toLowerCase())
  if (query.q !== undefined) {
    const part = `%${escapeLike(query.q.toLowerCase())}%`
    matching = matching.where(sql<boolean>`(email like ${part} or lower(name) like ${part})`)
  }
  if (query.role !== undefined) matching = matching.where(sql<boolean>`${query.role} = any (roles)`)
  if (query.disabled !== undefined)
    matching = matching.where('disabled_at', query.disabled ? 'is not' : 'is', null)
  const sorted = matching.orderBy(sql`disabled_at is not null`).orderBy('email')
  return readListed(ctx.db, sorted, query, toView)
}

/** One person of the console. Throws Refusal: forbidden, staff_not_found. */
export async function getStaff(ctx: OperatorContext, id: string): Promise<StaffView> {
  requirePermission(ctx, 'staff:read')
  const row = await people(ctx).where('id', '=', id).executeTakeFirst()
  if (row === undefined) throw new Refusal('staff_not_found', 'No staff member has this id.', { id })
  return toView(row)
}

/** The open sessions of a person, last used first. Throws Refusal('forbidden'). */
export async function listSessionsOf(
  ctx: StaffContext,
  { id, ...query }: Paging & { readonly id: string },
): Promise<Listed<SessionView>> {
  requirePermission(ctx, 'staff:read')
  return readSessions(ctx.db, id, ctx.actor.sessionId, query)
}

type Row = Awaited<ReturnType<ReturnType<typeof people>['executeTakeFirstOrThrow']>>

function people({ db }: OperatorContext) {
  return db.selectFrom('staff_account').select((eb) => [
    'id',
    'email',
    'name',
    'roles',
    'version',
    'created_at',
    'signed_in_at',
    'disabled_at',
    eb('password_hash', 'is not', null).as('has_password'),
    eb('identity_subject', 'is not', null).as('has_identity'),
    eb
      .selectFrom('staff_totp')
      .select('confirmed_at')
      .whereRef('staff_totp.staff_id', '=', 'staff_account.id')
      .where('confirmed_at', 'is not', null)
      .as('second_factor_since'),
    eb
      .selectFrom('staff_link')
      .select('expires_at')
      .whereRef('staff_link.staff_id', '=', 'staff_account.id')
      .where('expires_at', '>', sql<Date>`clock_timestamp()`)
      .as('link_expires_at'),
    eb
      .selectFrom('staff_session')
      .select((each) => each.fn.countAll<bigint>().as('open'))
      .whereRef('staff_session.staff_id', '=', 'staff_account.id')
      .where('ended_at', 'is', null)
      .where('idle_expires_at', '>', sql<Date>`clock_timestamp()`)
      .as('open_sessions'),
  ])
}

function toView(row: Row): StaffView {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    roles: row.roles.filter(isRole),
    version: row.version,
    createdAt: row.created_at,
    signedInAt: row.signed_in_at,
    disabledAt: row.disabled_at,
    hasPassword: row.has_password === true,
    hasIdentity: row.has_identity === true,
    secondFactorSince: row.second_factor_since,
    linkExpiresAt: row.link_expires_at,
    openSessions: Number(row.open_sessions ?? 0),
  }
}

/** A person, as other views show them. */
export type StaffRef = { readonly id: string; readonly name: string }

/** Everybody who has been in the console, by name: the people that audit entries may be by. Throws Refusal('forbidden'). */
export async function readAuditPeople(ctx: StaffContext): Promise<readonly StaffRef[]> {
  requirePermission(ctx, 'audit:read')
  return ctx.db.selectFrom('staff_account').select(['id', 'name']).orderBy('name').orderBy('id').execute()
}

/** The person of a nullable column, with the joined name. */
export function toStaffRef(id: string | null, name: string | null): StaffRef | null {
  return id === null || name === null ? null : { id, name }
}
