import { statesOf } from '@droplock/rules/machines/machine'
import { scheduleChangeMachine } from '@droplock/rules/machines/schedule-change'
import { Button } from '@mui/material'
import { DataTable } from 'react-admin'
import { Link } from 'react-router-dom'
import type { ScheduleChange } from '../api/types.ts'
import { scheduleChangeTones } from '../format/tones.ts'
import { RegistryFilter, ZoneFilter } from '../parts/Filters.tsx'
import { useMay } from '../parts/hooks.ts'
import { RowLink } from '../parts/links.tsx'
import { Page } from '../parts/Page.tsx'
import { PageTabs } from '../parts/PageTabs.tsx'
import { PeriodFilter } from '../parts/Period.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { StateTabs } from '../parts/StateTabs.tsx'
import { scheduleTabs } from '../parts/tabs.ts'
import { TimeText } from '../parts/texts.tsx'
import { actionText, filterText } from './change-texts.ts'

const Column = DataTable.Col<ScheduleChange>

/** Changes of schedules by people and by the service, with drafts on request. */
export function ChangesPage() {
  return (
    <Page
      title="Schedule changes"
      about="Manual moves of many names or one, and submission windows that followed the drops."
      actions={
        useMay('schedules:override') ? (
          <Button component={Link} to="/schedule-changes/create" variant="contained">
            New change
          </Button>
        ) : null
      }
    >
      <PageTabs label="Drop schedules" tabs={scheduleTabs} />
      <RecordTable
        resource="schedule-changes"
        rowClick="show"
        controls={
          <>
            <StateTabs states={statesOf(scheduleChangeMachine)} />
            <ZoneFilter />
            <RegistryFilter />
            <PeriodFilter />
          </>
        }
        empty={{
          title: 'No changes yet',
          text: 'A new change moves names by filter, zone or day, after a preview.',
        }}
      >
        <Column
          label="Made"
          render={({ made_at }) => (
            <RowLink>
              <TimeText at={made_at} />
            </RowLink>
          )}
        />
        <Column label="Change" render={({ action }) => actionText(action)} />
        <Column
          label="Names"
          cellSx={() => ({ overflowWrap: 'anywhere' })}
          render={({ filter }) => filterText(filter)}
        />
        <Column
          label="State"
          render={({ state }) => <StateChip state={state} tone={scheduleChangeTones[state]} />}
        />
        <Column label="By" render={({ made_by }) => made_by} />
        <Column label="Reason" render={({ reason }) => reason ?? '–'} />
      </RecordTable>
    </Page>
  )
}
