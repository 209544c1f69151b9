import { Refusal } from '@droplock/rules/refusals'
import type { Transaction } from 'kysely'
import type { StaffContext } from './context.ts'
import { violated } from './database/errors.ts'
import type { Database } from './database/tables.gen.ts'

/** Records balance or credit that one person grants. Throws Refusal('grant_needs_approval') beyond that person's limit of 24 hours. */
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
    throw new Refusal('grant_needs_approval', 'This is more than one person may grant in a day. Propose it.')
  }
  return id
}
