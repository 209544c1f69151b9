import type { SuspectFacts } from '@droplock/rules/confirmations'
import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { RDAP_REQUEST_MS_MAX, takeRdapTurn } from '../rdap-hosts.ts'
import { type SuspectRow, suspectColumns, suspectFacts } from './read-suspect.ts'

/** A question to an RDAP server, whose turn was taken. */
export type RdapQuestion = {
  /** Of the turn; see `endRdapTurn`. */
  readonly requestId: string
  readonly host: string
  readonly baseUrl: string
  readonly listingId: string
  readonly suspicion: number
  readonly facts: SuspectFacts
}

/** A claimed question is asked again after this where its process ended. Milliseconds. */
const CLAIM_MS_MAX = RDAP_REQUEST_MS_MAX + 5_000

type Due = { readonly listingId: string; readonly host: string }

/**
 * Claims the next question for an RDAP server that is free, and the server's turn. Names with a holder come first. Undefined where
 * nothing is due, no server is free, or another process was faster.
 */
export async function claimRdapQuestion(ctx: Context): Promise<RdapQuestion | undefined> {
  const { rows } = await sql<Due>`
    select next.listing_id as "listingId", server.host
    from (select distinct rdap_host as host from zone where rdap_host is not null) as server
      left join rdap_host on rdap_host.host = server.host
      cross join (values (true), (false)) as wanted (held)
      cross join lateral (select listing_id, try_after from confirmation
        where rdap_host = server.host and means = 'rdap' and closed_at is null and held = wanted.held
          and try_after <= statement_timestamp()
        order by try_after limit 1) as next
    where rdap_host.free_at is null or rdap_host.free_at <= statement_timestamp()
    order by wanted.held desc, next.try_after limit 1`.execute(ctx.db)
  const [due] = rows
  if (due === undefined) return undefined
  const requestId = ctx.newId()
  if (!(await takeRdapTurn(ctx, due.host, requestId))) return undefined
  const claimed = await claim(ctx, due)
  return claimed && { requestId, host: due.host, ...claimed }
}

type Claimed = SuspectRow & { readonly baseUrl: string }

/** If it was answered or cleared meanwhile, the turn is given back by its time. */
async function claim(ctx: Context, { listingId, host }: Due) {
  const { rows } = await sql<Claimed>`
    with claimed as (
      update confirmation set try_after = clock_timestamp() + ${CLAIM_MS_MAX} * interval '1 millisecond'
      where listing_id = ${listingId} and rdap_host = ${host} and closed_at is null and try_after <= clock_timestamp()
      returning *
    )
    select ${suspectColumns}, zone.rdap_url as "baseUrl"
    from claimed as confirmation join listing on listing.id = confirmation.listing_id join zone on zone.name = listing.zone
    where zone.rdap_host = ${host}`.execute(ctx.db)
  const [row] = rows
  return row && { listingId, suspicion: row.suspicion, baseUrl: row.baseUrl, facts: suspectFacts(row) }
}
