import { DataTable } from 'react-admin'
import type { Month } from '../api/types.ts'
import { monthText } from '../format/days.ts'
import { countText } from '../format/money.ts'
import { monthTones } from '../format/tones.ts'
import { RowLink } from '../parts/links.tsx'
import { Page } from '../parts/Page.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { TimeText } from '../parts/texts.tsx'

const Column = DataTable.Col<Month>

/** The months of the books: which are closed, by whom, and which can be closed next. */
export function MonthsPage() {
  return (
    <Page
      title="Month close"
      about="Months in UTC, closed in order by two people. Nothing is posted in a closed month, and none is reopened: corrections go to the open month."
    >
      <RecordTable
        resource="months"
        rowClick="show"
        empty={{ title: 'No months yet', text: 'The books begin with the first payment.' }}
      >
        <Column
          label="Month"
          render={({ id }) => (
            <RowLink>
              <strong>{monthText(id)}</strong>
            </RowLink>
          )}
        />
        <Column label="State" render={({ state }) => <StateChip state={state} tone={monthTones[state]} />} />
        <Column
          label="Postings"
          align="right"
          render={({ postings }) => (postings === undefined ? '–' : countText(postings))}
        />
        <Column label="Proposed by" render={({ proposed_by }) => proposed_by?.name ?? '–'} />
        <Column label="Approved by" render={({ decided_by }) => decided_by?.name ?? '–'} />
        <Column
          label="Closed"
          render={({ closed_at }) =>
            closed_at === undefined ? '–' : <TimeText at={closed_at} precision="minutes" />
          }
        />
        <Column
          label="Hash of the balances"
          render={({ sha256 }) => (sha256 === undefined ? '–' : <code>{sha256.slice(0, 12)}…</code>)}
        />
      </RecordTable>
    </Page>
  )
}
