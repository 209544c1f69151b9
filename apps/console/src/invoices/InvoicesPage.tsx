import { Files } from '../parts/Files.tsx'
import { AccountFilter, ChoiceFilter, SearchFilter } from '../parts/Filters.tsx'
import { Page } from '../parts/Page.tsx'
import { PeriodFilter } from '../parts/Period.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { InvoiceColumns } from './InvoiceColumns.tsx'

/** All that was issued: it stays as it is, and what is refunded later has a credit note of its own. */
export function InvoicesPage() {
  return (
    <Page
      title="Invoices"
      about="Issued on request after a success, and never changed. A later refund has a credit note of its own."
    >
      <RecordTable
        resource="invoices"
        sort={{ field: 'issued_at', order: 'DESC' }}
        rowClick="show"
        controls={
          <>
            <SearchFilter label="Number, name or account" />
            <ChoiceFilter source="kind" label="Kind" choices={['invoice', 'credit_note']} />
            <PeriodFilter />
            <AccountFilter />
          </>
        }
        empty={{ title: 'No invoices', text: 'Customers ask for them after a success.' }}
      >
        <InvoiceColumns />
      </RecordTable>
      <Files names={['invoices']} />
    </Page>
  )
}
