import { DataTable } from 'react-admin'
import type { ListSource } from '../api/types.ts'
import { counted } from '../format/words.ts'
import { RegistryFilter, SearchFilter } from '../parts/Filters.tsx'
import { RowLink } from '../parts/links.tsx'
import { Page } from '../parts/Page.tsx'
import { PageTabs } from '../parts/PageTabs.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { StateTabs } from '../parts/StateTabs.tsx'
import { syncTabs } from '../parts/tabs.ts'
import { AgeText, TimeText } from '../parts/texts.tsx'
import { AddSourceButton } from './SourceButtons.tsx'
import { SourceHealth } from './SourceHealth.tsx'

const Column = DataTable.Col<ListSource>

/** Where lists are fetched from, and how each source fares. */
export function SourcesPage() {
  return (
    <Page
      title="List sources"
      about="Where drop lists are fetched from. Workers try each source at its interval."
      actions={<AddSourceButton />}
    >
      <PageTabs label="Syncs" tabs={syncTabs} />
      <RecordTable
        resource="list-sources"
        rowClick="show"
        controls={
          <>
            <StateTabs states={['enabled', 'failing', 'disabled']} />
            <SearchFilter label="Address" />
            <RegistryFilter />
          </>
        }
        empty={{ title: 'No sources yet', text: 'Add a source, and workers fetch its lists.' }}
      >
        <Column
          source="address"
          label="Source"
          disableSort
          cellSx={() => ({ overflowWrap: 'anywhere' })}
          render={({ address }) => <RowLink>{address}</RowLink>}
        />
        <Column source="registry_id" label="Registry" disableSort />
        <Column label="Health" render={(source) => <SourceHealth source={source} />} />
        <Column
          label="Last new list"
          render={({ list_at }) => (
            <>
              <AgeText since={list_at} /> ago
            </>
          )}
        />
        <Column
          label="Last success"
          render={({ good_at }) =>
            good_at === undefined ? 'Never' : <TimeText at={good_at} precision="minutes" />
          }
        />
        <Column
          label="Next try"
          render={({ next_try_at }) =>
            next_try_at === undefined ? '–' : <TimeText at={next_try_at} precision="minutes" />
          }
        />
        <Column label="Failing" render={(source) => <Failing source={source} />} />
      </RecordTable>
    </Page>
  )
}

function Failing({ source: { failures, failure, good_at } }: { source: ListSource }) {
  if (failures === 0) return '–'
  return (
    <>
      {counted(failures, 'try', 'tries')}
      {good_at === undefined ? '' : ' since the last success'}: {failure ?? 'no reason given'}
    </>
  )
}
