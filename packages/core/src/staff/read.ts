import { isRole, type Role } from '@droplock/rules/staff'
import { type OperatorContext, requirePermission } from '../context.ts'
import { type Listed, type Paging, readListed } from '../database/page.ts'

type StaffView = {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly roles: readonly Role[]
  readonly createdAt: Date
  readonly disabledAt: Date | null
}

type ListStaff = Paging & { readonly email?: string }

/** All people of the console, by e-mail address. Throws Refusal('forbidden'). */
export async function listStaff(ctx: OperatorContext, query: ListStaff): Promise<Listed<StaffView>> {
  requirePermission(ctx, 'staff:read')
  let matching = ctx.db
    .selectFrom('staff_account')
    .select(['id', 'email', 'name', 'roles', 'created_at', 'disabled_at'])
  if (query.email !== undefined) matching = matching.where('email', '=', query.email.toLowerCase())
  return readListed(ctx.db, matching.orderBy('email'), query, (row) => ({
    id: row.id,
    email: row.email,
    name: row.name,
    roles: row.roles.filter(isRole),
    createdAt: row.created_at,
    disabledAt: row.disabled_at,
  }))
}

/** A person, as other views show them. */
export type StaffRef = { readonly id: string; readonly name: string }

/** The person of a nullable column, with the joined name. */
export function toStaffRef(id: string | null, name: string | null): StaffRef | null {
  return id === null || name === null ? null : { id, name }
}
