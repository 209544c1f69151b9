import { releases } from '@droplock/rules/schedule/release'
import { DataTable } from 'react-admin'
import type { ZonePolicy } from '../api/types.ts'
import { secondsText } from '../format/duration.ts'
import { words } from '../format/words.ts'
import { ChoiceFilter, RegistryFilter, SearchFilter } from '../parts/Filters.tsx'
import { AppLink, recordLink } from '../parts/links.tsx'
import { Page } from '../parts/Page.tsx'
import { PageTabs } from '../parts/PageTabs.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { scheduleTabs } from '../parts/tabs.ts'
import { timeText } from './policy-fields.ts'

type Row = ZonePolicy & { readonly id: string; readonly zone: string; readonly registry_id: string }

const Column = DataTable.Col<Row>

/** How each zone drops, and when its orders close. */
export function PoliciesPage() {
  return (
    <Page title="Zone policies" about="How the names of each zone drop, and when orders close.">
      <PageTabs label="Drop schedules" tabs={scheduleTabs} />
      <RecordTable
        resource="zone-policies"
        rowClick="show"
        controls={
          <>
            <SearchFilter label="Zone" />
            <RegistryFilter />
            <ChoiceFilter source="release" label="Release" choices={releases} />
          </>
        }
        empty={{ title: 'No zones yet', text: 'Zones are added with their registry: admin registry put.' }}
      >
        <Column
          label="Zone"
          render={({ zone }) => <AppLink to={recordLink('zone-policies', zone)}>.{zone}</AppLink>}
        />
        <Column label="Registry" render={({ registry_id }) => registry_id} />
        <Column label="Release" render={({ release }) => words(release)} />
        <Column
          label="Batches"
          render={({ drop_starts_at, drop_also_at, drop_time_zone }) =>
            `${[drop_starts_at, ...drop_also_at].map(timeText).join(', ')} ${drop_time_zone}`
          }
        />
        <Column label="Lasts" render={({ drop_lasts_seconds }) => secondsText(drop_lasts_seconds)} />
        <Column
          label="Orders close"
          render={({ cutoff_lead_seconds }) => `${secondsText(cutoff_lead_seconds)} before`}
        />
        <Column label="Grace" render={({ grace_seconds }) => secondsText(grace_seconds)} />
      </RecordTable>
    </Page>
  )
}
