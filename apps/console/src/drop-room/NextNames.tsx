import { Typography } from '@mui/material'
import type { DropRoom } from '../api/types.ts'
import { countUpToText } from '../format/money.ts'
import { wallTime } from '../format/time.ts'
import { targetTones } from '../format/tones.ts'
import { counted } from '../format/words.ts'
import { type FigureColumn, FigureTable } from '../parts/FigureTable.tsx'
import { AppLink, listLink, recordLink } from '../parts/links.tsx'
import { Nothing, Section } from '../parts/Page.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { MoneyText, NameText } from '../parts/texts.tsx'

type Name = NonNullable<DropRoom['window']>['shown'][number]

/** Paid names of the window that is open or comes next, the most valuable first. */
export function NextNames({ window }: { window: DropRoom['window'] }) {
  if (window === undefined) {
    return (
      <Section title="Paid names of the next window">
        <Nothing title="No armed names">
          Paid names are armed when their orders close.{' '}
          <AppLink to={listLink('calendar')}>View calendar</AppLink>
        </Nothing>
      </Section>
    )
  }
  const more = window.names - window.shown.length
  return (
    <Section
      title="Paid names of the next window"
      beside={<Typography color="textSecondary">{countUpToText(window.names)} in all</Typography>}
    >
      <FigureTable rows={window.shown} columns={columns} keyOf={({ backorder_id }) => backorder_id} />
      {more > 0 ? (
        <Typography color="textSecondary" sx={{ px: 2, py: 1 }}>
          And {counted(more, 'less valuable name')}.{' '}
          <AppLink to={listLink('backorders', { state: 'backordered' })}>View backorders</AppLink>
        </Typography>
      ) : null}
    </Section>
  )
}

const columns: readonly FigureColumn<Name>[] = [
  {
    label: 'Name',
    render: ({ backorder_id, name }) => (
      <AppLink to={recordLink('backorders', backorder_id)}>
        <NameText name={name} />
      </AppLink>
    ),
  },
  {
    label: 'Window (UTC)',
    isWide: true,
    render: ({ drop_from, drop_to }) => (
      <span style={{ whiteSpace: 'nowrap' }}>
        {wallTime(drop_from, 'UTC')} – {wallTime(drop_to, 'UTC')}
      </span>
    ),
  },
  {
    label: 'State',
    render: ({ state }) => <StateChip state={state} tone={targetTones[state]} />,
  },
  { label: 'Price', isFigure: true, render: ({ price }) => <MoneyText amount={price} /> },
]
