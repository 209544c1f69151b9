import { Alert } from '@mui/material'
import type { ScheduleChangeCounts } from '../api/types.ts'
import { countText } from '../format/money.ts'
import { counted } from '../format/words.ts'
import { Facts } from '../parts/Facts.tsx'
import { WindowText } from '../parts/texts.tsx'
import { causesText } from './change-texts.ts'

const some = (count: number) => (count === 0 ? undefined : countText(count))

/** What a preview counted: listings by effect, and what it means for orders. */
export function ChangeCounts({ counts }: { counts: ScheduleChangeCounts }) {
  const { effects, cutoffs_before: before, cutoffs_after: after } = counts
  return (
    <>
      <Facts
        facts={[
          ['Listings', countText(counts.listings)],
          ['Move', some(effects.moves)],
          ['Reopen for orders', some(effects.reopens)],
          ['Close for orders', some(effects.closes)],
          ['Stop dropping', some(effects.stops)],
          ['Stay as they are', some(effects.unchanged)],
          ['Cannot be changed', effects.not_movable > 0 && causesText(counts.not_movable)],
          ['Orders close now', before && <WindowText key="before" from={before.from} to={before.to} />],
          ['Orders close afterwards', after && <WindowText key="after" from={after.from} to={after.to} />],
          ['Targets armed', some(counts.targets_armed)],
          ['Targets armed again', some(counts.targets_rearmed)],
          ['Targets disarmed', some(counts.targets_disarmed)],
          ['Unpaid holds shortened', some(counts.holds_shortened)],
          ['Unpaid holds ended', some(counts.holds_ended)],
          ['Holders notified', some(counts.holders_notified)],
          ['Accounts notified', some(counts.accounts_notified)],
        ]}
      />
      {counts.secured_past_cutoff === 0 ? null : (
        <Alert severity="info" sx={{ mx: 2, mb: 1.5 }}>
          {counted(counts.secured_past_cutoff, 'paid order')} would be past the new cut-off. Paid orders stay
          valid.
        </Alert>
      )}
    </>
  )
}
