import { Refusal } from '@droplock/rules/refusals'
import type { Kysely, Transaction } from 'kysely'
import type { Database } from '../database/tables.gen.ts'

/**
 * The newest cycle of a name under FOR UPDATE, so that claims on it queue. What was read is as of after the wait; time is
 * not, so ask `databaseTime` afterwards. Throws Refusal('listing_not_found').
 */
export async function lockListingByName(tx: Transaction<Database>, name: string) {
  const listing = await tx
    .selectFrom('listing')
    .selectAll()
    .where('name', '=', name)
    .orderBy('cycle', 'desc')
    .limit(1)
    .forUpdate()
    .executeTakeFirst()
  if (listing === undefined) throw new Refusal('listing_not_found', `No listing of ${name}.`, { name })
  return listing
}

/** A listing under FOR UPDATE. Throws Refusal('listing_not_found'). */
export async function lockListing(tx: Transaction<Database>, id: string) {
  const listing = await byId(tx, id).forUpdate().executeTakeFirst()
  if (listing === undefined) throw new Refusal('listing_not_found', 'No such listing.', { id })
  return listing
}

/** A listing as it is now, for looking only. Throws Refusal('listing_not_found'). */
export async function readListing(db: Kysely<Database>, id: string) {
  const listing = await byId(db, id).executeTakeFirst()
  if (listing === undefined) throw new Refusal('listing_not_found', 'No such listing.', { id })
  return listing
}

function byId(db: Kysely<Database>, id: string) {
  return db.selectFrom('listing').selectAll().where('id', '=', id)
}

export type LockedListing = Awaited<ReturnType<typeof lockListing>>
