import { DataTable } from 'react-admin'
import type { Listing } from '../api/types.ts'
import { FlagFilter, RegistryFilter, SearchFilter, ZoneFilter } from '../parts/Filters.tsx'
import { AppLink, recordLink } from '../parts/links.tsx'
import { Page } from '../parts/Page.tsx'
import { PageTabs } from '../parts/PageTabs.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { withdrawalTabs } from '../parts/tabs.ts'
import { NameText, TimeText, WindowText } from '../parts/texts.tsx'
import { ListingState } from '../schedules/ListingState.tsx'
import { WindowFilter } from '../schedules/UtcInput.tsx'

const Column = DataTable.Col<Listing>

/** Names that are missing from a complete list: the registry is asked about each before it is withdrawn. */
export function SuspectsPage() {
  return (
    <Page
      title="Suspects"
      about="Live names that are missing from a complete list. They take no orders, and the registry is asked about each."
    >
      <PageTabs label="Withdrawals" tabs={withdrawalTabs} />
      <RecordTable
        resource="listings"
        filter={{ suspect: 'true' }}
        sort={{ field: 'drop_from', order: 'ASC' }}
        controls={
          <>
            <SearchFilter label="Name" />
            <ZoneFilter />
            <RegistryFilter />
            <FlagFilter source="held" label="Has a holder" />
            <WindowFilter />
          </>
        }
        empty={{
          title: 'No suspects',
          text: 'Every live name is in the last complete list of its registry.',
        }}
      >
        <Column
          source="name"
          label="Name"
          render={({ id, name }) => (
            <AppLink to={recordLink('listings', id)}>
              <NameText name={name} />
            </AppLink>
          )}
        />
        <Column label="State" render={(listing) => <ListingState listing={listing} />} />
        <Column
          source="drop_from"
          label="Drop window"
          render={({ drop_from, drop_to }) => <WindowText from={drop_from} to={drop_to} />}
        />
        <Column label="Orders close" render={({ cutoff_at }) => <TimeText at={cutoff_at} />} />
        <Column label="Holder" render={({ holder_name }) => holder_name ?? '–'} />
      </RecordTable>
    </Page>
  )
}
