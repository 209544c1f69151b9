import { type RawBuilder, sql } from 'kysely'
import type { Context } from '../context.ts'
import type { RunScope } from './internal.ts'

/**
 * The run name by name: what publishing it now would do. Reads what publication writes, by the same predicates, and locks
 * nothing. Columns are those of `sync_change`, and `unchanged` is a kind here.
 */
export function classified(run: RunScope): RawBuilder<unknown> {
  return sql`(
    select row.name, row.zone, listing.id as listing_id,
      case
        when listing.id is null and row.cutoff_at > clock_timestamp() then 'added'
        when listing.id is null then 'too_late'
        when listing.state = 'dropping' or not ${statesOtherwise()} then 'unchanged'
        when listing.override_id is not null then 'overridden'
        else 'moved'
      end as kind,
      coalesce(listing.listed_cutoff_at, listing.cutoff_at) as cutoff_before,
      coalesce(listing.listed_drop_from, listing.drop_from) as drop_from_before,
      coalesce(listing.listed_drop_to, listing.drop_to) as drop_to_before,
      row.cutoff_at as cutoff_after, row.drop_from as drop_from_after, row.drop_to as drop_to_after
    from sync_row as row left join listing on listing.name = row.name
      and listing.state in ('upcoming', 'open', 'closed', 'dropping')
    where row.run_id = ${run.id}
    union all
    select listing.name, listing.zone, listing.id, case when listing.suspect then 'suspect_already' else 'suspected' end,
      listing.cutoff_at, listing.drop_from, listing.drop_to, null, null, null
    from listing where ${isAbsent(run)}
  )`
}

/**
 * Whether the run proves that the listing left the list: live, not yet dropping, within a snapshot's scope, and not among
 * its rows. An increment proves no absence (rule 15). A list counts days in UTC or in the registry's zone; only a name
 * whose drop lies within the scope by both is missed.
 */
export function isAbsent(run: RunScope): RawBuilder<boolean> {
  if (run.scope_kind !== 'snapshot') return sql<boolean>`false`
  return sql<boolean>`(
    listing.state in ('upcoming', 'open', 'closed') and listing.zone = any(${[...run.scope_zones]})
    and not exists (select from sync_row as row where row.run_id = ${run.id} and row.name = listing.name)
    and exists (
      select from zone
        cross join lateral (select coalesce(listing.listed_drop_from, listing.drop_from)
          + zone.early_seconds * interval '1 second' as at) as purge
        cross join lateral (select (purge.at at time zone 'UTC')::date as utc,
          (purge.at at time zone zone.drop_time_zone)::date as local) as day
      where zone.name = listing.zone
        and (${run.scope_from}::date is null or least(day.utc, day.local) >= ${run.scope_from}::date)
        and (${run.scope_to}::date is null or greatest(day.utc, day.local) <= ${run.scope_to}::date)))`
}

/** What changes how a list is read, and stands beside its octets: said by an operator, its file name or its source's configuration. */
export type Declared = {
  /** `YYYY-MM-DD`, of a list whose rows carry no date. Absent: nobody said, and the day it was read was taken. */
  readonly dropDate?: string | undefined
  readonly scopeKind?: 'snapshot' | 'increment' | undefined
}

/** What two lists have in common that are the same list. */
export type ListIdentity = {
  readonly registryId: string
  /** Null for lists that people upload: under whatever file names, they are one source. */
  readonly source: string | null
  readonly format: string
  readonly contentSha256: Uint8Array
  readonly declared: Declared
}

/**
 * Whether reading this list again would tell nothing new: it is in force, waits for a person, or a person discarded it. So a
 * list that is held back is not held back again at every poll.
 */
export function isListKnown(ctx: Context, list: ListIdentity): Promise<boolean> {
  return exists(
    ctx,
    list,
    sql`(state = 'published' and superseded_at is null) or state = 'quarantined'
      or (state = 'discarded' and decided_by is not null)`,
  )
}

/**
 * Whether this very list is the latest publication of its source for its days: then publishing it again would change
 * nothing. One that another list of its source took the place of is not, and comes back when it is read again.
 */
export function isListInForce(ctx: Context, list: ListIdentity): Promise<boolean> {
  return exists(ctx, list, sql`state = 'published' and superseded_at is null`)
}

async function exists(ctx: Context, list: ListIdentity, state: RawBuilder<unknown>): Promise<boolean> {
  const { registryId, source, format, contentSha256, declared } = list
  const origin =
    source === null ? sql`uploaded_by is not null` : sql`uploaded_by is null and source = ${source}`
  const { rows } = await sql`
    select from sync_run where registry_id = ${registryId} and content_sha256 = ${Buffer.from(contentSha256)}
      and format = ${format} and declared_drop_date is not distinct from ${declared.dropDate ?? null}::date
      and declared_scope_kind is not distinct from ${declared.scopeKind ?? null}::text
      and ${origin} and (${state})
    limit 1`.execute(ctx.db)
  return rows.length > 0
}

/** What lists say of a listing's schedule: its own, or what an operator's override stands in front of. */
const listedSchedule = sql`(coalesce(listing.listed_cutoff_at, listing.cutoff_at),
  coalesce(listing.listed_drop_from, listing.drop_from), coalesce(listing.listed_drop_to, listing.drop_to))`

/** Whether a row of the list states another schedule than lists did before. Of `listing` and of `row`, the list's row. */
export function statesOtherwise(): RawBuilder<boolean> {
  return sql<boolean>`${listedSchedule} is distinct from (row.cutoff_at, row.drop_from, row.drop_to)`
}
