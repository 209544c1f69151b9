import { Exports } from '../parts/Exports.tsx'
import { AccountFilter, ChoiceFilter, SearchFilter } from '../parts/Filters.tsx'
import { Page } from '../parts/Page.tsx'
import { PeriodFilter } from '../parts/Period.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { InvoiceColumns } from './InvoiceColumns.tsx'

/** All invoices and credit notes. None is ever changed: a later refund gets a credit note. */
export function InvoicesPage() {
  return (
    <Page
      title="Invoices"
      about="Issued on request after a successful order, and never changed. A later refund gets a credit note."
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
        empty={{ title: 'No invoices yet', text: 'Customers request an invoice after a successful order.' }}
      >
        <InvoiceColumns />
      </RecordTable>
      <Exports names={['invoices']} />
    </Page>
  )
}
