import { revenueGroups } from '@droplock/rules/reports'
import { DataTable, useListContext } from 'react-admin'
import type { RevenueRow, RevenueSummary } from '../api/types.ts'
import { countText } from '../format/money.ts'
import { listLink } from '../parts/links.tsx'
import { Page } from '../parts/Page.tsx'
import { PageTabs } from '../parts/PageTabs.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { reportTabs } from '../parts/tabs.ts'
import { AmountText } from './AmountText.tsx'
import { GroupText } from './GroupText.tsx'
import { ReportFilters } from './ReportFilters.tsx'
import { filterAtFirst, filterOfRow, groupedBy, groupLabels } from './report-rows.ts'
import { Summary } from './Summary.tsx'

const nothing = { title: 'Nothing in this period', text: 'Choose another period.' }

const Column = DataTable.Col<RevenueRow & { readonly id: string }>

/** What was earned in a period. */
export function RevenuePage() {
  return (
    <Page
      title="Revenue"
      about="By the UTC day of the posting, the invoice or the charge. Gross includes VAT. No margin is shown, because registries charge in their own currency."
    >
      <PageTabs label="Reports" tabs={reportTabs} />
      <RecordTable
        resource="revenue-report"
        filterAtFirst={filterAtFirst()}
        controls={
          <ReportFilters groups={revenueGroups}>
            <RevenueSums />
          </ReportFilters>
        }
        empty={nothing}
        emptyAtFirst={nothing}
      >
        <Column label={<GroupLabel />} render={(row) => <GroupText row={row} />} />
        <Column label="Orders" align="right" render={({ orders }) => countText(orders)} />
        <Column label="Gross" align="right" render={(row) => <Moved row={row} of="gross" cause="settle" />} />
        <Column
          label="Refunds"
          align="right"
          render={(row) => <Moved row={row} of="refunds" cause="refund" />}
        />
        <Column label="Net" align="right" render={(row) => <Moved row={row} of="net" />} />
        <Column label="VAT invoiced" align="right" render={({ vat }) => <AmountText amount={vat} />} />
        <Column
          label="Registry costs"
          align="right"
          render={({ registry_costs }) => <AmountText amount={registry_costs} />}
        />
      </RecordTable>
    </Page>
  )
}

function RevenueSums() {
  return (
    <Summary<RevenueSummary['totals'][number], RevenueRow>
      path="revenue-summary"
      title="Revenue"
      counted={['Orders', ({ orders }) => orders]}
      amounts={[
        ['Gross', ({ gross }) => gross],
        ['Refunds', ({ refunds }) => refunds],
        ['Net', ({ net }) => net],
        ['VAT invoiced', ({ vat }) => vat],
        ['Registry costs', ({ registry_costs }) => registry_costs],
      ]}
      series={[
        { label: 'Gross', amountOf: ({ gross }) => gross },
        { label: 'Refunds', amountOf: ({ refunds }) => refunds, isOut: true },
      ]}
    />
  )
}

export function GroupLabel() {
  return groupLabels[groupedBy(useListContext().filterValues)]
}

type MovedProps = {
  readonly row: RevenueRow
  readonly of: 'gross' | 'refunds' | 'net'
  /** The kind of moves that it is the sum of; without it all of the ledger account. */
  readonly cause?: 'settle' | 'refund'
}

/** An amount of the ledger account `revenue`, with a link to its moves. */
function Moved({ row, of, cause }: MovedProps) {
  const filter = filterOfRow(useListContext().filterValues, row)
  const moves = { ledger_account: 'revenue', ...(cause === undefined ? {} : { cause }) }
  return (
    <AmountText
      amount={row[of]}
      to={filter === undefined ? undefined : listLink('ledger', { ...filter, ...moves })}
    />
  )
}
