import type { Selectable } from 'kysely'
import type { ScheduleChangeListingTable } from '../database/tables.gen.ts'
import type { ListingFacts } from '../schedule/facts.ts'

/**
 * What has changed about a listing since the preview, by the names of its fields in the API; nothing if it is as it was seen. What is
 * in no field (what lists say of an overridden listing) is `version`. That the sweep has opened it is no change: it took orders before.
 */
export function findWhatChanged(
  seen: Selectable<ScheduleChangeListingTable>,
  now: ListingFacts,
): readonly string[] {
  const isOpened = seen.state === 'upcoming' && now.state === 'open'
  if (seen.version + (isOpened ? 1 : 0) === now.version) return []
  const fields: readonly (readonly [name: string, isChanged: boolean])[] = [
    ['state', !isOpened && seen.state !== now.state],
    ['holder', seen.holder !== now.holder],
    ['cutoff_at', +seen.cutoff_at !== +now.schedule.cutoffAt],
    ['drop_from', +seen.drop_from !== +now.schedule.dropFrom],
    ['drop_to', +seen.drop_to !== +now.schedule.dropTo],
  ]
  const changed = fields.filter(([, isChanged]) => isChanged).map(([name]) => name)
  return changed.length > 0 ? changed : ['version']
}
