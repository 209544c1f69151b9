import { priceKinds } from '@droplock/rules/prices/match'
import { Stack } from '@mui/material'
import { DataTable } from 'react-admin'
import type { Price } from '../api/types.ts'
import { words } from '../format/words.ts'
import { ChoiceFilter, SearchFilter, ZoneFilter } from '../parts/Filters.tsx'
import { Page } from '../parts/Page.tsx'
import { PageTabs } from '../parts/PageTabs.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { priceTabs } from '../parts/tabs.ts'
import { MoneyText, TimeText } from '../parts/texts.tsx'
import { ExplainPriceButton } from './ExplainPriceButton.tsx'
import { UploadPricesButton } from './UploadPricesButton.tsx'

const Column = DataTable.Col<Price>

/** What customers pay, paid and will pay. */
export function PricesPage() {
  return (
    <Page
      title="Prices"
      about="What customers pay for a backorder. Orders keep the price at which they were placed."
      actions={
        <Stack direction="row" sx={{ gap: 1 }}>
          <ExplainPriceButton />
          <UploadPricesButton />
        </Stack>
      }
    >
      <PageTabs label="Prices" tabs={priceTabs} />
      <RecordTable
        resource="prices"
        filterAtFirst={{ when: 'in_force' }}
        controls={
          <>
            <ChoiceFilter source="when" label="When" choices={['in_force', 'future', 'past']} />
            <ChoiceFilter source="kind" label="Kind" choices={priceKinds} />
            <ZoneFilter />
            <SearchFilter source="match" label="Name, pattern or tier" />
          </>
        }
        empty={{ title: 'No prices yet', text: 'Upload a price list, or set prices with a zone.' }}
      >
        <Column label="When" render={(price) => <When price={price} />} />
        <Column label="Kind" render={({ kind }) => words(kind)} />
        <Column label="Zone" render={({ zone }) => (zone === undefined ? 'All' : `.${zone}`)} />
        <Column label="Matches" render={({ match }) => <strong>{match}</strong>} />
        <Column
          label="Price"
          align="right"
          render={({ amount, currency }) =>
            amount === undefined ? `Ends (${currency})` : <MoneyText amount={amount} />
          }
        />
        <Column label="Starts" render={({ starts_at }) => <TimeText at={starts_at} precision="minutes" />} />
        <Column
          label="Ended"
          render={({ ended_at }) =>
            ended_at === undefined ? '–' : <TimeText at={ended_at} precision="minutes" />
          }
        />
      </RecordTable>
    </Page>
  )
}

function When({ price: { started_at, ended_at } }: { price: Price }) {
  if (ended_at !== undefined) return <StateChip state="past" />
  return started_at === undefined ? (
    <StateChip state="future" tone="info" />
  ) : (
    <StateChip state="in_force" tone="success" />
  )
}
