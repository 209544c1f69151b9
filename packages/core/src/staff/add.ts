import type { Role } from '@droplock/rules/staff/roles'
import type { Context, StaffContext } from '../context.ts'

export type AddStaff = {
  readonly email: string
  readonly name: string
  readonly roles: readonly Role[]
  /** Argon2id in its text form, made by the caller. */
  readonly passwordHash: string
}

/** Adds a person. Returns the id. `ctx` without an actor is the launcher's. Throws Refusal: forbidden, staff_exists. */
export async function addStaff(ctx: Context | StaffContext, person: AddStaff): Promise<string> {
  throw new Error(`not built yet ${String(ctx)} ${person.email}`)
}
