import { Typography } from '@mui/material'
import type { DropRoom } from '../api/types.ts'
import { countOrDash } from '../format/money.ts'
import { wallTime } from '../format/time.ts'
import { targetTones } from '../format/tones.ts'
import { words } from '../format/words.ts'
import { type FigureColumn, FigureTable } from '../parts/FigureTable.tsx'
import { AppLink, recordLink } from '../parts/links.tsx'
import { Nothing, Section } from '../parts/Page.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { NameText } from '../parts/texts.tsx'

type Result = DropRoom['results'][number]

/** Wins and losses, the newest first. */
export function Results({ results }: { results: readonly Result[] }) {
  return (
    <Section title="Results">
      {results.length === 0 ? (
        <Nothing title="No results yet">Names appear here as soon as their outcome is decided.</Nothing>
      ) : (
        <FigureTable rows={results} columns={columns} keyOf={({ backorder_id }) => backorder_id} />
      )}
    </Section>
  )
}

const columns: readonly FigureColumn<Result>[] = [
  {
    label: 'Name',
    render: ({ backorder_id, name }) => (
      <AppLink to={recordLink('backorders', backorder_id)}>
        <NameText name={name} />
      </AppLink>
    ),
  },
  {
    label: 'Result',
    render: (result) => (
      <>
        <StateChip state={result.state} tone={targetTones[result.state]} />
        <Typography variant="caption" color="textSecondary" component="div">
          {detailOf(result)}
        </Typography>
      </>
    ),
  },
  {
    label: 'Decided (UTC)',
    isFigure: true,
    render: ({ decided_at }) => wallTime(decided_at, 'UTC'),
  },
  { label: 'Creates', isFigure: true, render: ({ creates }) => countOrDash(creates) },
]

function detailOf({ state, lost_by_min_ms, lost_by_max_ms, holder_clid }: Result): string | null {
  if (state !== 'lost') return null
  const to = holder_clid === undefined ? words('another_registrar') : holder_clid
  if (lost_by_min_ms === undefined || lost_by_max_ms === undefined) return `to ${to}`
  return `to ${to}, by ${lost_by_min_ms} to ${lost_by_max_ms} ms`
}
