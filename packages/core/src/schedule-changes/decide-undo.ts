import { type ChangeDecision, decideReturn } from '@droplock/rules/schedule/change'
import type { Selectable } from 'kysely'
import type { ScheduleChangeListingTable, ScheduleChangeTable } from '../database/tables.gen.ts'
import type { ListingFacts } from '../schedule/facts.ts'

type Change = Pick<Selectable<ScheduleChangeTable>, 'kind'>
type Child = Selectable<ScheduleChangeListingTable>

/** What undoing a change does with one of its listings, for the preview and again when it is undone. */
export function decideUndo(change: Change, child: Child, facts: ListingFacts, now: Date): ChangeDecision {
  const isPolicy = change.kind === 'policy'
  if (isPolicy ? !isAsPolicyLeft(child, facts) : facts.overrideId !== child.override_id)
    return { effect: 'not_movable', because: 'replaced' }
  const before = { cutoffAt: child.cutoff_at, dropFrom: child.drop_from, dropTo: child.drop_to }
  return decideReturn(facts, isPolicy ? before : facts.listed, now)
}

function isAsPolicyLeft(child: Child, { overrideId, schedule }: ListingFacts): boolean {
  return (
    overrideId === null &&
    +schedule.cutoffAt === +(child.cutoff_after ?? 0) &&
    +schedule.dropFrom === +(child.drop_from_after ?? 0) &&
    +schedule.dropTo === +(child.drop_to_after ?? 0)
  )
}
