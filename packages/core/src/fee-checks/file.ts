import { sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import { noteWork } from '../database/note-work.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'

/** Names of one batch: no listing is locked, and few round trips are enough. */
const NAMES_PER_BATCH_MAX = 5_000

/**
 * Files fee checks for the next names of the oldest publication whose names are not filed yet, in the zones that may have premium names. How
 * far it came is written with them, so another worker goes on there. Returns whether there may be more.
 */
export async function fileFeeChecks(ctx: Context): Promise<boolean> {
  return inTransaction(ctx.db, async (tx) => {
    const { rows: runs } = await sql<{ id: string; upTo: string }>`
      select id, fee_checks_up_to as "upTo" from sync_run
      where state = 'published' and fee_checks_filed_at is null
      order by published_at limit 1 for no key update skip locked`.execute(tx)
    const [run] = runs
    if (run === undefined) return false
    const { rows } = await sql<{ upTo: string | null }>`
      with next as materialized (
        select id, name, zone, state from listing where publication_id = ${run.id} and name > ${run.upTo}
        order by name limit ${NAMES_PER_BATCH_MAX}
      ), filed as (
        insert into fee_check (listing_id, registry_id, try_after)
        select next.id, zone.registry_id, statement_timestamp() from next join zone on zone.name = next.zone
        where zone.may_have_premium and next.state in ('upcoming', 'open', 'closed')
        on conflict do nothing
      )
      select max(name) as "upTo" from next`.execute(tx)
    const upTo = rows[0]?.upTo ?? null
    await sql`
      update sync_run set fee_checks_up_to = ${upTo ?? run.upTo},
        fee_checks_filed_at = case when ${upTo === null} then statement_timestamp() end
      where id = ${run.id}`.execute(tx)
    noteWork(tx)
    return true
  })
}

/** Files fee checks for the live names of a zone that may have premium names from now on. Its later names are filed when they are listed. */
export async function fileZoneFeeChecks(tx: Transaction<Database>, zone: string): Promise<void> {
  await sql`
    insert into fee_check (listing_id, registry_id, try_after)
    select listing.id, zone.registry_id, statement_timestamp() from listing join zone on zone.name = listing.zone
    where zone.name = ${zone} and zone.may_have_premium and listing.state in ('upcoming', 'open', 'closed')
    on conflict do nothing`.execute(tx)
}
