import { DataTable } from 'react-admin'
import type { SyncRunDetail, SyncRunReject } from '../api/types.ts'
import { countText } from '../format/money.ts'
import { words } from '../format/words.ts'
import { ChoiceFilter } from '../parts/Filters.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'

const Column = DataTable.Col<SyncRunReject>

/** The rows that could not be read, as they stand in the file. */
export function RejectTable({ run }: { run: SyncRunDetail }) {
  const reasons = run.rejects_by_reason
  const nameOf = (reason: string) => `${words(reason)} (${countText(reasons[reason] ?? 0)})`
  return (
    <RecordTable
      inside
      resource={`sync-runs/${run.id}/rejects`}
      controls={
        Object.keys(reasons).length > 0 ? (
          <ChoiceFilter source="reason" label="Reason" choices={Object.keys(reasons)} nameOf={nameOf} />
        ) : undefined
      }
      empty={{ title: 'None', text: 'Every row could be read.' }}
    >
      <Column source="line" label="Line" align="right" disableSort cellSx={() => ({ width: 80 })} />
      <Column source="reason" label="Reason" disableSort render={({ reason }) => words(reason)} />
      <Column source="raw" label="Row as it stands" disableSort render={({ raw }) => <code>{raw}</code>} />
    </RecordTable>
  )
}
