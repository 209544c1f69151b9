import { sql } from 'kysely'
import type { ConfirmationAnswer } from '../../src/confirmations/record-answer.ts'
import type { Context } from '../../src/context.ts'
import { NAME } from './held.ts'
import { givenListings } from './world.ts'

/** Publishes a snapshot that lacks every name: they are suspect. */
export async function suspectAll(ctx: Context): Promise<void> {
  await givenListings(ctx, { names: [], scope: 'snapshot' })
}

export function readConfirmation(ctx: Context, name = NAME) {
  return ctx.db
    .selectFrom('confirmation')
    .innerJoin('listing', 'listing.id', 'confirmation.listing_id')
    .selectAll('confirmation')
    .select(['listing.name', 'listing.state', 'listing.suspect'])
    .where('listing.name', '=', name)
    .executeTakeFirstOrThrow()
}

/** The answer of an RDAP server about a suspect. */
export function byRdap(
  listingId: string,
  verdict: ConfirmationAnswer['verdict'],
  suspicion = 1,
): ConfirmationAnswer {
  const now = new Date()
  const common = { listingId, suspicion, verdict, finding: 'a test', askedAt: now, answeredAt: now }
  return { ...common, code: 200, means: 'rdap', url: 'http://rdap.test' }
}

export async function setRdapUrl(ctx: Context, url = 'http://rdap.test/'): Promise<void> {
  await sql`update zone set rdap_url = ${url}`.execute(ctx.db)
}
