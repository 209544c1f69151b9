import { isRole, type Role } from '@droplock/rules/staff/roles'
import { type OperatorContext, requirePermission } from '../context.ts'
import type { Listed, Paging } from '../database/listed.ts'
import { readListed } from '../database/read-listed.ts'

export type StaffView = {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly roles: readonly Role[]
  readonly createdAt: Date
  readonly disabledAt: Date | null
}

export type ListStaff = Paging & { readonly email?: string }

/** Everybody who works in the console, by e-mail address. Throws Refusal('forbidden'). */
export async function listStaff(ctx: OperatorContext, query: ListStaff): Promise<Listed<StaffView>> {
  requirePermission(ctx, 'staff:manage')
  let matching = ctx.db
    .selectFrom('staff_account')
    .select(['id', 'email', 'name', 'roles', 'created_at', 'disabled_at'])
  if (query.email !== undefined) matching = matching.where('email', '=', query.email.toLowerCase())
  return readListed(matching.orderBy('email'), query, (row) => ({
    id: row.id,
    email: row.email,
    name: row.name,
    roles: row.roles.filter(isRole),
    createdAt: row.created_at,
    disabledAt: row.disabled_at,
  }))
}
