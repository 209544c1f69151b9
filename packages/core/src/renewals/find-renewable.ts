import { Refusal } from '@droplock/rules/refusals'
import { sql } from 'kysely'
import type { AccountContext } from '../context.ts'

/** What can be renewed of the caller's: one of its names that was caught. */
export type Renewable = {
  readonly registrationId: string
  readonly registryAccountId: string
  readonly name: string
  readonly expiresAt: Date
}

/**
 * Finds the registration that a backorder of the caller's became. Throws Refusal: backorder_not_found,
 * backorder_not_renewable.
 */
export async function findRenewable(ctx: AccountContext, backorderId: string): Promise<Renewable> {
  const { rows } = await sql<Omit<Renewable, 'registrationId'> & { registrationId: string | null }>`
    select registration.id as "registrationId", registry_account_id as "registryAccountId", backorder.name,
      expires_at as "expiresAt"
    from backorder left join registration on registration.backorder_id = backorder.id
    where backorder.id = ${backorderId} and backorder.account_id = ${ctx.actor.accountId}`.execute(ctx.db)
  const found = rows[0]
  if (found === undefined) throw new Refusal('backorder_not_found', 'No such backorder.', { id: backorderId })
  const { registrationId, ...rest } = found
  if (registrationId === null)
    throw new Refusal('backorder_not_renewable', 'This name was not caught, or not yet.')
  return { registrationId, ...rest }
}
