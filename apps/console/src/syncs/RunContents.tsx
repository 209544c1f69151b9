import { Tab, Tabs } from '@mui/material'
import { useState } from 'react'
import type { SyncRunDetail } from '../api/types.ts'
import { countText } from '../format/money.ts'
import { Section } from '../parts/Section.tsx'
import { ChangeTable } from './ChangeTable.tsx'
import { RejectTable } from './RejectTable.tsx'

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
