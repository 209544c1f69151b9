import { refundCauses } from '@droplock/contracts/common/words'
import { refundGroups } from '@droplock/rules/reports'
import { DataTable, useListContext } from 'react-admin'
import type { RefundSummary, RefundSumsRow } from '../api/types.ts'
import { countText } from '../format/money.ts'
import { ChoiceFilter } from '../parts/Filters.tsx'
import { listLink } from '../parts/links.tsx'
import { Page } from '../parts/Page.tsx'
import { PageTabs } from '../parts/PageTabs.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { reportTabs } from '../parts/tabs.ts'
import { AmountText } from './AmountText.tsx'
import { GroupText } from './GroupText.tsx'
import { ReportFilters } from './ReportFilters.tsx'
import { GroupLabel } from './RevenuePage.tsx'
import { filterAtFirst, filterOfRow, groupedBy } from './report-rows.ts'
import { Summary } from './Summary.tsx'

const nothing = { title: 'No refunds in this period', text: 'Choose another period.' }

const Column = DataTable.Col<RefundSumsRow & { readonly id: string }>

/** What customers got back in a period. */
export function RefundReportPage() {
  return (
    <Page
      title="Refund report"
      about="What customers got back, on the day (UTC) on which it was posted: to a balance at once, to a card when the provider has paid it."
    >
      <PageTabs label="Reports" tabs={reportTabs} />
      <RecordTable
        resource="refund-report"
        filterAtFirst={filterAtFirst()}
        controls={
          <ReportFilters groups={refundGroups}>
            <ChoiceFilter source="cause" label="Cause" choices={refundCauses} />
            <RefundSums />
          </ReportFilters>
        }
        empty={nothing}
        emptyAtFirst={nothing}
      >
        <Column label={<GroupLabel />} render={(row) => <GroupText row={row} />} />
        <Column label="Refunds" align="right" render={({ refunds }) => countText(refunds)} />
        <Column label="To balances" align="right" render={(row) => <Moved row={row} of="to_balances" />} />
        <Column label="To cards" align="right" render={(row) => <Moved row={row} of="to_cards" />} />
        <Column label="Returned" align="right" render={(row) => <Moved row={row} of="returned" />} />
        <Column label="Net" align="right" render={({ net }) => <AmountText amount={net} />} />
      </RecordTable>
    </Page>
  )
}

function RefundSums() {
  return (
    <Summary<RefundSummary['totals'][number], RefundSumsRow>
      path="refund-summary"
      title="Refunds"
      counted={['Refunds', ({ refunds }) => refunds]}
      amounts={[
        ['To balances', ({ to_balances }) => to_balances],
        ['To cards', ({ to_cards }) => to_cards],
        ['Returned', ({ returned }) => returned],
        ['Net', ({ net }) => net],
      ]}
      series={[
        { label: 'To balances', amountOf: ({ to_balances }) => to_balances },
        { label: 'To cards', amountOf: ({ to_cards }) => to_cards },
      ]}
    />
  )
}

/** The moves of the ledger that an amount is the sum of. */
const movesOf = {
  to_balances: { cause: 'refund', ledger_account: 'customer_balance' },
  to_cards: { cause: 'refund_paid', ledger_account: 'provider_clearing' },
  returned: { cause: 'refund_returned', ledger_account: 'provider_clearing' },
} as const

function Moved({ row, of }: { row: RefundSumsRow; of: keyof typeof movesOf }) {
  const { filterValues } = useListContext()
  const filter = filterOfRow(filterValues, row)
  // The ledger has no cause of a refund: the list of refunds has.
  const isOfCause = groupedBy(filterValues) === 'cause' || filterValues['cause'] !== undefined
  return (
    <AmountText
      amount={row[of]}
      to={filter === undefined || isOfCause ? undefined : listLink('ledger', { ...filter, ...movesOf[of] })}
    />
  )
}
