import { Refusal } from '@droplock/rules/refusals'
import type { Role } from '@droplock/rules/staff/roles'
import { recordAudit } from '../audit/record.ts'
import { type OperatorContext, requirePermission } from '../context.ts'
import { violated } from '../database/errors.ts'
import { inTransaction } from '../database/transaction.ts'

export type AddStaff = {
  readonly email: string
  readonly name: string
  readonly roles: readonly Role[]
  /** Argon2id in its text form, made by the caller. */
  readonly passwordHash: string
}

/** Adds a person to the staff. Returns the id. Throws Refusal: forbidden, staff_exists. */
export async function addStaff(ctx: OperatorContext, person: AddStaff): Promise<string> {
  requirePermission(ctx, 'staff:manage')
  const id = ctx.newId()
  const account = { email: person.email.toLowerCase(), name: person.name, roles: [...person.roles] }
  try {
    await inTransaction(ctx.db, async (tx) => {
      await tx
        .insertInto('staff_account')
        .values({ id, ...account, password_hash: person.passwordHash })
        .execute()
      await recordAudit(tx, {
        by: ctx.actor,
        action: 'staff.added',
        subjectType: 'staff',
        subjectId: id,
        after: account,
      })
    })
    return id
  } catch (error) {
    if (!violated(error, 'staff_email_unique')) throw error
    throw new Refusal('staff_exists', 'Somebody has this address already.')
  }
}
