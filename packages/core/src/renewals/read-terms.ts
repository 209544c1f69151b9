import { decideRenewal, type RenewalTerms } from '@droplock/rules/renewals/decide-renewal'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'

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
