import { Box } from '@mui/material'
import type { Today } from '../api/types.ts'
import { countUpToText } from '../format/money.ts'
import type { Tone } from '../format/tones.ts'
import { type FigureColumn, FigureTable } from '../parts/FigureTable.tsx'
import { AppLink, listLink } from '../parts/links.tsx'
import { Nothing, Section } from '../parts/Page.tsx'

type ZoneDay = Today['drop_day'][number]
type State = keyof ZoneDay['targets']

/** States of a paid name in the order in which a day goes, each with the colour of its number; several are one column. */
const figures: readonly (readonly [
  label: string,
  states: readonly State[],
  tone?: Exclude<Tone, 'neutral'>,
])[] = [
  ['Armed', ['armed']],
  ['Firing', ['firing'], 'warning'],
  ['Caught', ['registered'], 'success'],
  ['Lost', ['lost']],
  ['Missed', ['missed']],
  ['Other failures', ['premium', 'withdrawn', 'refused']],
  ['Award awaited', ['awaiting_award']],
  ['Unknown', ['ambiguous'], 'error'],
]

/** What has become of the paid names of the day, by zone. */
export function DropDay({ zones }: { zones: readonly ZoneDay[] }) {
  const shown = zones.filter(
    ({ targets }) =>
      sumOf(
        targets,
        figures.flatMap(([, states]) => states),
      ) > 0,
  )
  // Few registries award names hours later.
  const areAwaited = shown.some(({ targets }) => targets.awaiting_award > 0)
  const columns = figures.filter(([label]) => areAwaited || label !== 'Award awaited').map(toColumn)
  return (
    <Section title="Drop day" beside={<AppLink to={listLink('drop-room')}>View drop room</AppLink>}>
      {shown.length === 0 ? (
        <Nothing title="No drops today">
          Paid names appear on the day of their drop, by the time zone of their zone.
        </Nothing>
      ) : (
        <FigureTable rows={shown} columns={[zoneColumn, ...columns]} keyOf={({ zone }) => zone} />
      )}
    </Section>
  )
}

const zoneColumn: FigureColumn<ZoneDay> = {
  label: 'Zone',
  render: ({ zone }) => (
    <Box component="span" sx={{ fontWeight: 550 }}>
      <AppLink to={listLink('listings', { zone })}>.{zone}</AppLink>
    </Box>
  ),
}

function toColumn([label, states, tone]: (typeof figures)[number]): FigureColumn<ZoneDay> {
  return {
    label,
    isFigure: true,
    render: ({ targets }) => {
      const count = sumOf(targets, states)
      if (count === 0) return <Box sx={{ color: 'text.secondary' }}>0</Box>
      const colour = tone === undefined ? {} : { color: `${tone}.main` }
      return <Box sx={{ fontWeight: 600, ...colour }}>{countUpToText(count)}</Box>
    },
  }
}

function sumOf(targets: ZoneDay['targets'], states: readonly State[]): number {
  return states.reduce((sum, state) => sum + targets[state], 0)
}
