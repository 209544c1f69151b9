import { DataTable } from 'react-admin'
import type { PriceList } from '../api/types.ts'
import { countText } from '../format/money.ts'
import { AppLink, listLink } from '../parts/links.tsx'
import { Page } from '../parts/Page.tsx'
import { PageTabs } from '../parts/PageTabs.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { priceTabs } from '../parts/tabs.ts'
import { TimeText } from '../parts/texts.tsx'
import { UploadPricesButton } from './UploadPricesButton.tsx'

const Column = DataTable.Col<PriceList>

/** What was done to prices, by whom and why. */
export function PriceListsPage() {
  return (
    <Page
      title="Price uploads"
      about="What was done to prices, the newest first."
      actions={<UploadPricesButton />}
    >
      <PageTabs label="Prices" tabs={priceTabs} />
      <RecordTable
        resource="price-lists"
        empty={{ title: 'No uploads yet', text: 'Prices were set with their zones so far.' }}
      >
        <Column label="Title" render={({ title }) => <strong>{title}</strong>} />
        <Column
          label="Prices"
          align="right"
          render={({ id, prices }) => (
            <AppLink to={listLink('prices', { list_id: id })}>{countText(prices)}</AppLink>
          )}
        />
        <Column label="Reason" render={({ reason }) => reason} />
        <Column label="By" render={({ made_by }) => made_by} />
        <Column label="At" render={({ made_at }) => <TimeText at={made_at} />} />
      </RecordTable>
    </Page>
  )
}
