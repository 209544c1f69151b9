import { type RawBuilder, sql } from 'kysely'
import { isBlocked } from '../is-blocked.ts'
import { isLive } from '../is-listed.ts'
import type { RunScope } from './internal.ts'

/** What a run does to a live listing that it carries; the first that applies. */
export type CarriedKind = 'unchanged' | 'overridden' | 'moved' | 'cleared' | 'confirmed'

/**
 * What publishing the run now would do to each name, by the same conditions as publication; locks nothing. The columns are those of
 * `sync_change`, with `unchanged` as a further kind.
 */
export function classified(run: RunScope): RawBuilder<unknown> {
  return sql`(
    select row.name, row.zone, listing.id as listing_id,
      case
        when listing.id is null and ${isBlocked(sql`row.name`)} then 'blocked'
        when listing.id is null and row.cutoff_at > clock_timestamp() then 'added'
        when listing.id is null then 'too_late'
        when ${isKept(run)} or not ${statesOtherwise()} then 'unchanged'
        when listing.override_id is not null then 'overridden'
        else 'moved'
      end as kind,
      coalesce(listing.listed_cutoff_at, listing.cutoff_at) as cutoff_before,
      coalesce(listing.listed_drop_from, listing.drop_from) as drop_from_before,
      coalesce(listing.listed_drop_to, listing.drop_to) as drop_to_before,
      row.cutoff_at as cutoff_after, row.drop_from as drop_from_after, row.drop_to as drop_to_after
    from sync_row as row left join listing on listing.name = row.name
      and ${isLive}
    where row.run_id = ${run.id}
    union all
    select listing.name, listing.zone, listing.id, case when listing.suspect then 'suspect_already' else 'suspected' end,
      listing.cutoff_at, listing.drop_from, listing.drop_to, null, null, null
    from listing where ${isAbsent(run)}
  )`
}

/** What the run does to `listing`, which is live and which `row` of the run carries: a `CarriedKind`. */
export function carriedKind(run: RunScope): RawBuilder<CarriedKind> {
  return sql<CarriedKind>`case
    when ${isKept(run)} then 'unchanged'
    when ${statesOtherwise()} then case when listing.override_id is null then 'moved' else 'overridden' end
    when listing.suspect then 'cleared'
    when ${confirms(run)} then 'confirmed'
    else 'unchanged'
  end`
}

/** Nothing moves a name that is dropping, nor does a list of lower precedence than the one whose schedule is in force (`mayFollow`). */
function isKept(run: RunScope): RawBuilder<boolean> {
  return sql<boolean>`(listing.state = 'dropping' or ${isOutranked(run)})`
}

function isOutranked(run: RunScope): RawBuilder<boolean> {
  return sql<boolean>`coalesce(listing.sync_run_id in (select id from sync_run
    where registry_id = ${run.registry_id} and precedence > ${run.precedence}), false)`
}

/** The same schedule, now from a list that others do not move. */
function confirms(run: RunScope): RawBuilder<boolean> {
  return sql<boolean>`coalesce(listing.sync_run_id in (select id from sync_run
    where registry_id = ${run.registry_id} and precedence < ${run.precedence}), false)`
}

/**
 * Whether the run shows that the listing left the list: live, not yet dropping, in a snapshot's scope, and not among its rows. An
 * increment does not show that (rule 15). A list may count days in UTC or in the registry's time zone, so the drop must lie in the
 * scope by both.
 */
export function isAbsent(run: RunScope): RawBuilder<boolean> {
  return sql<boolean>`(${isInScope(run)}
    and not exists (select from sync_row as row where row.run_id = ${run.id} and row.name = listing.name))`
}

/** The part of `isAbsent` that does not ask for the rows. */
export function isInScope(run: RunScope): RawBuilder<boolean> {
  if (run.scope_kind !== 'snapshot') return sql<boolean>`false`
  return sql<boolean>`(
    listing.state in ('upcoming', 'open', 'closed') and listing.zone = any(${[...run.scope_zones]})
    and not ${isOutranked(run)}
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

/** A listing's schedule as lists have it, also where an operator's override is in force. */
const listedSchedule = sql`(coalesce(listing.listed_cutoff_at, listing.cutoff_at),
  coalesce(listing.listed_drop_from, listing.drop_from), coalesce(listing.listed_drop_to, listing.drop_to))`

/** Whether `row` of the list states another schedule for `listing` than lists did before. */
function statesOtherwise(): RawBuilder<boolean> {
  return sql<boolean>`${listedSchedule} is distinct from (row.cutoff_at, row.drop_from, row.drop_to)`
}
