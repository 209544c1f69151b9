import { Refusal } from '@droplock/rules/refusals'
import { decideRenewal, type RenewalTerms } from '@droplock/rules/renewals/decide-renewal'
import { type Kysely, sql } from 'kysely'
import type { AccountContext } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'

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

export type ReadTerms = { readonly registrationId: string; readonly currency: string; readonly years: number }

/**
 * The terms of a renewal as they are now, by the database's clock read last. Decided under the registration's lock they stay
 * true to the commit. Throws what `decideRenewal` does.
 */
export async function readRenewalTerms(
  db: Kysely<Database>,
  { registrationId, currency, years }: ReadTerms,
): Promise<RenewalTerms & { readonly now: Date }> {
  const { rows } = await sql<{ expiresAt: Date; perYearMinor: bigint | null; hasLiveRenewal: boolean }>`
    select expires_at as "expiresAt", per_year_minor as "perYearMinor",
      exists (select from renewal where registration_id = registration.id
        and state in ('pending_payment', 'paid', 'renewing')) as "hasLiveRenewal"
    from registration join backorder on backorder.id = registration.backorder_id
      join listing on listing.id = backorder.listing_id
      left join renewal_price on renewal_price.zone = listing.zone and renewal_price.currency = ${currency}
    where registration.id = ${registrationId}`.execute(db)
  const facts = rows[0]
  if (facts === undefined) throw new Error(`no registration ${registrationId}`)
  const now = await databaseTime(db)
  const terms = decideRenewal({ ...facts, years, perYearMinor: facts.perYearMinor ?? undefined }, now)
  return { ...terms, now }
}
