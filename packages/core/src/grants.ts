import { Refusal } from '@droplock/rules/refusals'
import type { Transaction } from 'kysely'
import type { StaffContext } from './context.ts'
import { violated } from './database/errors.ts'
import type { Database } from './database/tables.gen.ts'

/** Notes what one person gives alone. Throws Refusal('grant_needs_approval') beyond what a person gives in 24 hours. */
export async function grantWithinDailyLimit(
  tx: Transaction<Database>,
  ctx: StaffContext,
  grant: {
    readonly kind: 'bank_transfer' | 'credit_limit'
    readonly amountMinor: bigint
    readonly currency: string
  },
): Promise<string> {
  const id = ctx.newId()
  const { kind, amountMinor, currency } = grant
  try {
    await tx
      .insertInto('alone_grant')
      .values({ id, staff_id: ctx.actor.staffId, kind, amount_minor: amountMinor, currency })
      .execute()
  } catch (error) {
    if (!violated(error, 'one_person_grants_within_limit')) throw error
    throw new Refusal('grant_needs_approval', 'More than one person gives alone in a day. Propose it.')
  }
  return id
}
