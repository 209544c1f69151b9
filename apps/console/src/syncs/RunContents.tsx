import { Tab, Tabs } from '@mui/material'
import { useState } from 'react'
import { DataTable } from 'react-admin'
import type { Schedule, SyncRunChange, SyncRunDetail, SyncRunReject } from '../api/types.ts'
import { countText } from '../format/money.ts'
import { ChoiceFilter, SearchFilter } from '../parts/Filters.tsx'
import { AppLink, recordLink } from '../parts/links.tsx'
import { Section } from '../parts/Page.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { NameText, WindowText } from '../parts/texts.tsx'
import { rejectName } from './reject-names.ts'

const changes = [
  ['added', 'Added'],
  ['moved', 'Moved'],
  ['suspected', 'Suspect'],
  ['overridden', 'Kept (manual move)'],
  ['too_late', 'Too late'],
  ['blocked', 'Blocked'],
] as const

type Shown = (typeof changes)[number][0] | 'rejects'

/** The changes of the list, name by name, and its rejected rows. */
export function RunContents({ run }: { run: SyncRunDetail }) {
  const [shown, show] = useState<Shown>(() => largest(run))
  const isDone = run.state === 'published'
  return (
    <Section title={isDone ? 'Changes' : 'Changes if published'}>
      <Tabs
        value={shown}
        onChange={(_event, kind: Shown) => show(kind)}
        variant="scrollable"
        sx={{
          px: 1,
          minHeight: 38,
          borderBottom: 1,
          borderColor: 'divider',
          '& .MuiTab-root': { minHeight: 38, textTransform: 'none' },
        }}
      >
        {changes.map(([kind, label]) => (
          <Tab key={kind} value={kind} label={`${label} ${countText(run.diff[kind])}`} />
        ))}
        <Tab value="rejects" label={`Rejected rows ${countText(run.rows_rejected)}`} />
      </Tabs>
      {shown === 'rejects' ? <RejectTable run={run} /> : <ChangeTable key={shown} run={run} kind={shown} />}
    </Section>
  )
}

/** The largest change is shown first. */
function largest({ diff }: SyncRunDetail): Shown {
  const [most] = changes.map(([kind]) => kind).toSorted((one, other) => diff[other] - diff[one])
  return most === undefined || diff[most] === 0 ? 'rejects' : most
}

const ChangeColumn = DataTable.Col<SyncRunChange>

const emptyTexts: Readonly<Record<string, string>> = {
  added: 'The list has no new names.',
  moved: 'No drop window changes.',
  suspected: 'No live name in the scope of the list is missing from it.',
  overridden: 'The list has no name that was moved manually.',
  too_late: 'No row arrived after its cut-off.',
  blocked: 'The list has no blocked name.',
}

/** The names of one kind of change, with their window before and after. */
function ChangeTable({ run, kind }: { run: SyncRunDetail; kind: SyncRunChange['kind'] }) {
  return (
    <RecordTable
      inside
      resource={`sync-runs/${run.id}/changes`}
      filter={{ kind }}
      controls={<SearchFilter label="Name" />}
      empty={{ title: 'No names', text: emptyTexts[kind] }}
    >
      <ChangeColumn
        source="name"
        label="Name"
        disableSort
        render={(change) => <LinkedName change={change} />}
      />
      <ChangeColumn source="zone" label="Zone" disableSort render={({ zone }) => `.${zone}`} />
      {kind === 'added' ? null : (
        <ChangeColumn label="Current window" render={({ from }) => <Window schedule={from} />} />
      )}
      {kind === 'suspected' ? null : (
        <ChangeColumn
          label={kind === 'added' ? 'Window' : 'Window in the list'}
          render={({ to }) => <Window schedule={to} />}
        />
      )}
    </RecordTable>
  )
}

/** A new name has no page before the list is published. */
function LinkedName({ change: { name, kind, listing_id } }: { change: SyncRunChange }) {
  const text = <NameText name={name} />
  if (listing_id === undefined || kind === 'too_late' || kind === 'blocked') return text
  return <AppLink to={recordLink('listings', listing_id)}>{text}</AppLink>
}

function Window({ schedule }: { schedule: Schedule | undefined }) {
  return schedule === undefined ? '–' : <WindowText from={schedule.drop_from} to={schedule.drop_to} />
}

const RejectColumn = DataTable.Col<SyncRunReject>

/** The rejected rows. The filter lists the most frequent reasons first. */
function RejectTable({ run }: { run: SyncRunDetail }) {
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
      empty={{ title: 'No rejected rows', text: 'Every row was accepted.' }}
    >
      <RejectColumn source="line" label="Line" align="right" disableSort cellSx={() => ({ width: 80 })} />
      <RejectColumn source="reason" label="Reason" disableSort render={({ reason }) => rejectName(reason)} />
      <RejectColumn source="raw" label="Original row" disableSort render={({ raw }) => <code>{raw}</code>} />
    </RecordTable>
  )
}
