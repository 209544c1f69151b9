import { type RawBuilder, sql } from 'kysely'
import { isAbsent } from './is-absent.ts'
import type { RunScope } from './run-scope.ts'
import { statesOtherwise } from './states-otherwise.ts'

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
