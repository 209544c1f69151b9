import { useState } from 'react'
import { DataTable, useListContext } from 'react-admin'
import type { ZoneOutcomes } from '../api/types.ts'
import { countText } from '../format/money.ts'
import { type Days, monthOf, periodOf } from '../format/period.ts'
import { Page } from '../parts/Page.tsx'
import { PeriodPicker } from '../parts/Period.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'

const Column = DataTable.Col<ZoneOutcomes>

/** How often names were caught, by zone and period. */
export function StatisticsPage() {
  const { first, last } = monthOf(Date.now())
  return (
    <Page
      title="Statistics"
      about="What became of orders, by the day (UTC) on which each was decided. Caught is a share of all orders, also of names that nobody could register at the standard fee."
    >
      <RecordTable
        resource="zone-outcomes"
        filterAtFirst={{ from: first, to: last }}
        controls={<Period />}
        empty={{ title: 'Nothing decided yet', text: 'Orders are counted when their drop is over.' }}
        emptyAtFirst={{ title: 'Nothing decided in this month', text: 'Choose another period.' }}
      >
        <Column label="Zone" render={({ zone }) => <strong>.{zone}</strong>} />
        <Column label="Orders" align="right" render={({ orders }) => countText(orders)} />
        <Column
          label="Caught"
          align="right"
          render={({ caught, caught_percent }) => (
            <>
              {countText(caught)} <strong>({caught_percent} %)</strong>
            </>
          )}
        />
        <Column label="Lost" align="right" render={({ lost }) => countText(lost)} />
        <Column
          label="Lost by ≤ 100 ms / ≤ 1 s"
          align="right"
          render={({ lost_within100ms, lost_within1s }) =>
            `${countText(lost_within100ms)} / ${countText(lost_within1s)}`
          }
        />
        <Column label="Missed" align="right" render={({ missed }) => countText(missed)} />
        <Column
          label="Not available"
          align="right"
          render={({ not_available }) => countText(not_available)}
        />
        <Column
          label="Creates (wasted)"
          align="right"
          render={({ creates, wasted_creates }) => `${countText(creates)} (${countText(wasted_creates)})`}
        />
      </RecordTable>
    </Page>
  )
}

/** The list is read again once both days are days. */
function Period() {
  const { filterValues, setFilters } = useListContext()
  const [days, setDays] = useState<Days>({
    first: String(filterValues['from'] ?? ''),
    last: String(filterValues['to'] ?? ''),
  })
  const change = (chosen: Days) => {
    setDays(chosen)
    if (periodOf(chosen) !== undefined) setFilters({ from: chosen.first, to: chosen.last })
  }
  return <PeriodPicker days={days} onChange={change} />
}
