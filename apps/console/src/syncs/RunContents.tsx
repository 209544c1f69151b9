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
  const first = changes.find(([kind]) => run.diff[kind] > 0)?.[0] ?? 'rejects'
  const [shown, show] = useState<Shown>(first)
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
