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
  ['overridden', 'Left where an operator put them'],
  ['too_late', 'Too late'],
] as const

type Shown = (typeof changes)[number][0] | 'rejects'

/** Name by name: what the list does, and what of it could not be read. */
export function RunContents({ run }: { run: SyncRunDetail }) {
  const [shown, show] = useState<Shown>(() => largest(run))
  const isDone = run.state === 'published'
  return (
    <Section title={isDone ? 'What it changed' : 'What it would change'}>
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

/** What the list mostly does is looked at first. */
function largest({ diff }: SyncRunDetail): Shown {
  const [most] = changes.map(([kind]) => kind).toSorted((one, other) => diff[other] - diff[one])
  return most === undefined || diff[most] === 0 ? 'rejects' : most
}

const ChangeColumn = DataTable.Col<SyncRunChange>

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
      <ChangeColumn
        source="name"
        label="Name"
        disableSort
        render={(change) => <LinkedName change={change} />}
      />
      <ChangeColumn source="zone" label="Zone" disableSort />
      {kind === 'added' ? null : (
        <ChangeColumn label="Window now" render={({ from }) => <Window schedule={from} />} />
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

/** A name that is added has no page before the publication. */
function LinkedName({ change: { name, kind, listing_id } }: { change: SyncRunChange }) {
  const text = <NameText name={name} />
  if (listing_id === undefined || kind === 'too_late') return text
  return <AppLink to={recordLink('listings', listing_id)}>{text}</AppLink>
}

function Window({ schedule }: { schedule: Schedule | undefined }) {
  return schedule === undefined ? '–' : <WindowText from={schedule.drop_from} to={schedule.drop_to} />
}

const RejectColumn = DataTable.Col<SyncRunReject>

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
      <RejectColumn source="line" label="Line" align="right" disableSort cellSx={() => ({ width: 80 })} />
      <RejectColumn source="reason" label="Reason" disableSort render={({ reason }) => rejectName(reason)} />
      <RejectColumn source="raw" label="Original row" disableSort render={({ raw }) => <code>{raw}</code>} />
    </RecordTable>
  )
}
