import { DataTable } from 'react-admin'
import type { SyncRunDetail, SyncRunReject } from '../api/types.ts'
import { countText } from '../format/money.ts'
import { ChoiceFilter } from '../parts/Filters.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { rejectName } from './reject-names.ts'

const Column = DataTable.Col<SyncRunReject>

/** The rows that were rejected, by reason, the commonest first. */
export function RejectTable({ run }: { run: SyncRunDetail }) {
  const reasons = run.rejects_by_reason.map(({ reason }) => reason)
  const nameOf = (reason: string) => {
    const count = run.rejects_by_reason.find((each) => each.reason === reason)?.count ?? 0
    return `${rejectName(reason)} (${countText(count)})`
  }
  return (
    <RecordTable
      inside
      resource={`sync-runs/${run.id}/rejects`}
      controls={
        reasons.length > 0 ? (
          <ChoiceFilter source="reason" label="Reason" choices={reasons} nameOf={nameOf} />
        ) : undefined
      }
      empty={{ title: 'None', text: 'Every row was accepted.' }}
    >
      <Column source="line" label="Line" align="right" disableSort cellSx={() => ({ width: 80 })} />
      <Column source="reason" label="Reason" disableSort render={({ reason }) => rejectName(reason)} />
      <Column source="raw" label="Original row" disableSort render={({ raw }) => <code>{raw}</code>} />
    </RecordTable>
  )
}
