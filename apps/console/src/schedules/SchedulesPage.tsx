import { listingStates } from '@droplock/contracts/common/words'
import { useState } from 'react'
import { DataTable } from 'react-admin'
import type { Listing } from '../api/types.ts'
import { FlagFilter, RegistryFilter, SearchFilter, ZoneFilter } from '../parts/Filters.tsx'
import { useToday } from '../parts/hooks.ts'
import { AppLink, RowLink, recordLink } from '../parts/links.tsx'
import { Page } from '../parts/Page.tsx'
import { PageTabs } from '../parts/PageTabs.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { StateTabs } from '../parts/StateTabs.tsx'
import { scheduleTabs } from '../parts/tabs.ts'
import { NameText, TimeText, WindowText } from '../parts/texts.tsx'
import { ListingState } from './ListingState.tsx'
import { fromToday, WindowFilter } from './UtcInput.tsx'

const Column = DataTable.Col<Listing>

export function SchedulesPage() {
  const [atFirst] = useState(() => fromToday(Date.now()))
  return (
    <Page
      title="Drop schedules"
      about="Pending-delete names, by the window in which the registry is expected to release them."
    >
      <PageTabs label="Drop schedules" tabs={scheduleTabs} />
      <RecordTable
        resource="listings"
        sort={{ field: 'drop_from', order: 'ASC' }}
        filterAtFirst={atFirst}
        rowClick="show"
        controls={<Controls />}
        empty={{ title: 'No listings yet', text: 'Listings appear when the first drop list is published.' }}
      >
        <Column
          source="name"
          label="Name"
          render={({ name }) => (
            <RowLink>
              <NameText name={name} />
            </RowLink>
          )}
        />
        <Column label="State" render={(listing) => <ListingState listing={listing} />} />
        <Column
          source="drop_from"
          label="Drop window"
          render={({ drop_from, drop_to }) => <WindowText from={drop_from} to={drop_to} />}
        />
        <Column label="Orders close" render={({ cutoff_at }) => <TimeText at={cutoff_at} />} />
        <Column label="Holder" render={(listing) => <Holder listing={listing} />} />
      </RecordTable>
    </Page>
  )
}

function Controls() {
  return (
    <>
      <StateTabs states={listingStates} counts={useToday().data?.listings} />
      <SearchFilter label="Name" />
      <ZoneFilter />
      <RegistryFilter />
      <WindowFilter />
      <FlagFilter source="held" label="Has a holder" />
      <FlagFilter source="overridden" label="Moved manually" />
      <FlagFilter source="suspect" label="Suspect" />
    </>
  )
}

function Holder({ listing: { backorder_id, holder_name } }: { listing: Listing }) {
  if (backorder_id === undefined) return '–'
  return <AppLink to={recordLink('backorders', backorder_id)}>{holder_name ?? 'View backorder'}</AppLink>
}
