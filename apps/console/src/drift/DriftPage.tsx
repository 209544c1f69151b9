import { DataTable } from 'react-admin'
import type { BatchDrift } from '../api/types.ts'
import { secondsText } from '../format/duration.ts'
import { countText } from '../format/money.ts'
import { RegistryFilter, ZoneFilter } from '../parts/Filters.tsx'
import { AppLink, linkTo, recordLink } from '../parts/links.tsx'
import { Page } from '../parts/Page.tsx'
import { PageTabs } from '../parts/PageTabs.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { scheduleTabs } from '../parts/tabs.ts'
import { shiftText } from '../schedule-changes/change-texts.ts'
import { DaysFilter } from './DaysFilter.tsx'
import { DriftPlot } from './DriftPlot.tsx'

const Column = DataTable.Col<BatchDrift & { readonly id: string }>

/** How far off their schedule the names of each zone went, day by day. */
export function DriftPage() {
  return (
    <Page
      title="Drift"
      about="Expected against observed drops, by zone and day. Submissions follow drops that are off their schedule."
    >
      <PageTabs label="Drop schedules" tabs={scheduleTabs} />
      <RecordTable
        resource="drift"
        controls={
          <>
            <ZoneFilter />
            <RegistryFilter />
            <DaysFilter />
            <DriftPlot />
          </>
        }
        empty={{
          title: 'Nothing observed yet',
          text: 'After a drop, each zone and day shows how far off its names went.',
        }}
      >
        <Column label="Day" render={({ id, day }) => <AppLink to={recordLink('drift', id)}>{day}</AppLink>} />
        <Column label="Zone" render={({ zone }) => `.${zone}`} />
        <Column label="Median" render={({ median_seconds }) => offText(median_seconds)} />
        <Column
          label="Earliest to latest"
          render={({ earliest_seconds, latest_seconds }) =>
            earliest_seconds === undefined
              ? '–'
              : `${offText(earliest_seconds)} to ${offText(latest_seconds)}`
          }
        />
        <Column
          label="Spread of 80 %"
          render={({ spread_seconds }) => (spread_seconds === undefined ? '–' : secondsText(spread_seconds))}
        />
        <Column label="Names" align="right" render={({ names }) => countText(names)} />
        <Column label="Open" align="right" render={({ open }) => countText(open)} />
        <Column label="Observed" align="right" render={({ observed }) => countText(observed)} />
        <Column label="In lists" align="right" render={({ in_lists }) => countText(in_lists)} />
        <Column label="Submissions" render={(batch) => <Followed batch={batch} />} />
      </RecordTable>
    </Page>
  )
}

/** `2 min later`, `on time`. */
export function offText(seconds: number | undefined): string {
  if (seconds === undefined) return '–'
  return Math.round(seconds) === 0 ? 'On time' : shiftText(Math.round(seconds))
}

function Followed({ batch }: { batch: BatchDrift }) {
  const { from_shift_seconds: from, to_shift_seconds: to, beyond, change_id } = batch
  return (
    <>
      {from === 0 && to === 0
        ? 'As scheduled'
        : `Start ${from === 0 ? 'as scheduled' : shiftText(from)}, end ${to === 0 ? 'as scheduled' : shiftText(to)}`}{' '}
      {change_id === undefined ? null : linkTo('schedule-changes', change_id, 'View change')}
      {beyond ? (
        <div>
          <StateChip state="further off than submissions follow" tone="error" />
        </div>
      ) : null}
    </>
  )
}
