import type { MoveFacts } from '@droplock/rules/listings'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../database/tables.gen.ts'
import type { LockedListing } from '../locks.ts'

/** All that deciding a move reads, besides the listing itself. */
export type SuperviseOptions = {
  readonly holder: MoveFacts['holder']
  readonly cutoffLeadSeconds: number
  readonly now: Date
}

/** Read after the listing's lock where the move is applied: who holds a locked listing does not change. */
export async function readSurroundings(db: Kysely<Database>, listing: LockedListing): Promise<SuperviseOptions> {
  const row = await db
    .selectFrom('zone')
    .leftJoin('backorder', (join) => join.on('backorder.id', '=', listing.holder))
    .select(['backorder.state', 'zone.cutoff_lead_seconds', sql<Date>`clock_timestamp()`.as('now')])
    .where('zone.name', '=', listing.zone)
    .executeTakeFirstOrThrow()
  const holder = row.state === null ? 'none' : row.state === 'pending_payment' ? 'unpaid' : 'secured'
  return { holder, cutoffLeadSeconds: row.cutoff_lead_seconds, now: row.now }
}
