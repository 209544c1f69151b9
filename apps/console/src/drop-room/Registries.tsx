import { Typography } from '@mui/material'
import type { DropRoom } from '../api/types.ts'
import { countUpToText } from '../format/money.ts'
import { type FigureColumn, FigureTable } from '../parts/FigureTable.tsx'
import { Nothing, Section } from '../parts/Page.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { AgeText } from '../parts/texts.tsx'
import { StopButtons } from './StopButtons.tsx'

type Registry = DropRoom['registries'][number]

/** How many names of each registry are being tried, and its stop. */
export function Registries({ registries }: { registries: readonly Registry[] }) {
  return (
    <Section title="Registries">
      {registries.length === 0 ? (
        <Nothing title="No registries">An administrator adds them with their zones.</Nothing>
      ) : (
        <FigureTable rows={registries} columns={columns} keyOf={({ id }) => id} />
      )}
    </Section>
  )
}

const columns: readonly FigureColumn<Registry>[] = [
  {
    label: 'Registry',
    render: ({ id }) => <strong style={{ fontWeight: 550, whiteSpace: 'nowrap' }}>{id}</strong>,
  },
  { label: 'State', isWide: true, render: (registry) => <State registry={registry} /> },
  { label: 'Armed', isFigure: true, render: ({ armed }) => countUpToText(armed) },
  { label: 'Firing', isFigure: true, render: ({ firing }) => countUpToText(firing) },
  { label: 'Ambiguous', isFigure: true, render: ({ ambiguous }) => countUpToText(ambiguous) },
  { label: 'Award awaited', isFigure: true, render: ({ awaiting_award }) => countUpToText(awaiting_award) },
  { label: '', isFigure: true, isWide: true, render: (registry) => <StopButtons registry={registry} /> },
]

function State({ registry: { stop, firing, paid_in_window } }: { registry: Registry }) {
  if (stop === undefined) {
    if (firing > 0) return <StateChip state="firing" tone="warning" />
    return (
      <StateChip state={paid_in_window ? 'window open' : 'idle'} tone={paid_in_window ? 'info' : 'neutral'} />
    )
  }
  return (
    <>
      <StateChip state="stopped" tone="error" />
      <Typography variant="caption" color="textSecondary" component="div" sx={{ maxWidth: 420 }}>
        for <AgeText since={stop.stopped_at} /> by {stop.stopped_by}: {stop.reason}
      </Typography>
    </>
  )
}
