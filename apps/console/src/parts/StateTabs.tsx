import { ToggleButton, ToggleButtonGroup } from '@mui/material'
import { useListContext } from 'react-admin'
import { countText } from '../format/money.ts'
import { words } from '../format/words.ts'

type StateTabsProps<State extends string> = {
  readonly states: readonly State[]
  /** The number in each state, where it is known. */
  readonly counts?: Partial<Readonly<Record<State, number>>> | undefined
}

/** Filters the list by one state, or shows all. */
export function StateTabs<State extends string>({ states, counts }: StateTabsProps<State>) {
  const { filterValues, setFilters } = useListContext()
  const choose = (state: unknown) => {
    const { state: _state, ...others } = filterValues
    setFilters(typeof state === 'string' && state !== '' ? { ...others, state } : others)
  }
  return (
    <ToggleButtonGroup
      exclusive
      size="small"
      aria-label="State"
      value={filterValues['state'] ?? ''}
      onChange={(_event, state) => choose(state)}
      sx={{
        '& .MuiToggleButton-root': {
          textTransform: 'none',
          px: 1.25,
          height: 36,
          py: 0.25,
          gap: 0.75,
          bgcolor: 'background.paper',
        },
      }}
    >
      <ToggleButton value="">All</ToggleButton>
      {states.map((state) => (
        <ToggleButton key={state} value={state}>
          {words(state)}
          <Count count={counts?.[state]} />
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  )
}

function Count({ count }: { count: number | undefined }) {
  return count === undefined || count === 0 ? null : (
    <span style={{ fontWeight: 400 }}>{countText(count)}</span>
  )
}
