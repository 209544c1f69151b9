import { DataTable } from 'react-admin'
import type { Schedule, SyncRunChange, SyncRunDetail } from '../api/types.ts'
import { recordLink } from '../format/links.ts'
import { AppLink } from '../parts/AppLink.tsx'
import { SearchFilter } from '../parts/Filters.tsx'
import { NameText } from '../parts/NameText.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { WindowText } from '../parts/TimeText.tsx'

const Column = DataTable.Col<SyncRunChange>

const nothing: Readonly<Record<string, string>> = {
  added: 'It brings no new name.',
  moved: 'It moves no name.',
  suspected: 'Every live name in its scope is in it.',
  overridden: 'It speaks of no name that an operator has moved.',
  too_late: 'No row came after its cut-off.',
}

/** The names of one kind of change, with their window before and after. */
export function ChangeTable({ run, kind }: { run: SyncRunDetail; kind: SyncRunChange['kind'] }) {
  return (
    <RecordTable
      inside
      resource={`sync-runs/${run.id}/changes`}
      filter={{ kind }}
      controls={<SearchFilter label="Name" />}
      empty={{ title: 'None', text: nothing[kind] }}
    >
      <Column source="name" label="Name" disableSort render={(change) => <LinkedName change={change} />} />
      <Column source="zone" label="Zone" disableSort />
      {kind === 'added' ? null : (
        <Column label="Window now" render={({ from }) => <Window schedule={from} />} />
      )}
      {kind === 'suspected' ? null : (
        <Column
          label={kind === 'added' ? 'Window' : 'Window in the list'}
          render={({ to }) => <Window schedule={to} />}
        />
      )}
    </RecordTable>
  )
}

/** A name that is added has no page before the publication. */
function LinkedName({ change: { name, kind, listing_id } }: { change: SyncRunChange }) {
  const text = <NameText name={name} />
  if (listing_id === undefined || kind === 'too_late') return text
  return <AppLink to={recordLink('listings', listing_id)}>{text}</AppLink>
}

function Window({ schedule }: { schedule: Schedule | undefined }) {
  return schedule === undefined ? '–' : <WindowText from={schedule.drop_from} to={schedule.drop_to} />
}
