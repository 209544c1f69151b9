import type { SuspectFacts } from '@droplock/rules/confirmations'
import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { type SuspectRow, suspectColumns, suspectFacts } from './read-suspect.ts'

/** A request to ask the registry for a name by `info`. */
export type DueInfo = {
  readonly requestId: string
  readonly listingId: string
  readonly suspicion: number
  readonly facts: SuspectFacts
}

/**
 * The next requests to confirm suspects, at most `limit`, for the catcher that holds the account's lease; names with a holder come
 * first. Requests of suspects that were decided or listed again are finished unasked. If the catcher dies, the others are still due.
 */
export async function claimDueInfos(
  ctx: Context,
  registryAccountId: string,
  limit: number,
): Promise<readonly DueInfo[]> {
  const { rows } = await sql<SuspectRow & { readonly requestId: string }>`
    with due as materialized (
      select request.id, request.listing_id, confirmation.closed_at
      from registry_request as request join confirmation using (listing_id)
      where request.registry_account_id = ${registryAccountId} and request.kind = 'info' and request.state <> 'done'
        and request.try_after <= statement_timestamp()
      order by request.held desc, request.try_after limit ${limit}
    ), moot as (
      update registry_request set state = 'done', done_at = clock_timestamp()
      from due where registry_request.id = due.id and due.closed_at is not null and state <> 'done'
    )
    select due.id as "requestId", ${suspectColumns}
    from due join confirmation using (listing_id) join listing on listing.id = confirmation.listing_id
      join zone on zone.name = listing.zone
    where due.closed_at is null`.execute(ctx.db)
  return rows.map((row) => ({
    requestId: row.requestId,
    listingId: row.listingId,
    suspicion: row.suspicion,
    facts: suspectFacts(row),
  }))
}
