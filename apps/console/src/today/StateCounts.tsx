import { Box } from '@mui/material'
import { Link } from 'react-router-dom'
import { countUpToText } from '../format/money.ts'
import type { Tone } from '../format/tones.ts'
import { listLink } from '../parts/links.tsx'
import { Section } from '../parts/Page.tsx'
import { StateChip } from '../parts/StateChip.tsx'

type StateCountsProps<State extends string> = {
  readonly title: string
  readonly resource: string
  readonly counts: Readonly<Record<State, number>>
  readonly tones: Readonly<Record<State, Tone>>
}

/** How many there are in each state. Each number links to its list. */
export function StateCounts<State extends string>({
  title,
  resource,
  counts,
  tones,
}: StateCountsProps<State>) {
  // `Object.keys` returns strings; these are the states.
  const states = Object.keys(tones) as State[]
  return (
    <Section title={title}>
      <Box component="ul" sx={{ m: 0, p: 0, py: 0.5, listStyle: 'none' }}>
        {states.map((state) => (
          <li key={state}>
            <Box
              component={Link}
              to={listLink(resource, { state })}
              sx={{
                display: 'flex',
                justifyContent: 'space-between',
                px: 2,
                py: 0.375,
                color: 'text.primary',
                textDecoration: 'none',
                '& *': { fontWeight: counts[state] === 0 ? 400 : undefined },
                '&:hover': { bgcolor: 'action.hover' },
              }}
            >
              <StateChip state={state} tone={counts[state] === 0 ? 'neutral' : tones[state]} />
              <span>{countUpToText(counts[state])}</span>
            </Box>
          </li>
        ))}
      </Box>
    </Section>
  )
}
