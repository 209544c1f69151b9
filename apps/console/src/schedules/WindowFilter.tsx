import { TextField } from '@mui/material'
import { useListContext } from 'react-admin'

const dayMs = 86_400_000

/** Listings whose window touches one UTC day. A link from elsewhere may set a narrower one. */
export function WindowFilter() {
  const { filterValues, setFilters } = useListContext()
  const { window_from: from, window_to: to, ...others } = filterValues
  const day = typeof from === 'string' ? from.slice(0, 10) : ''
  const choose = (date: string) => {
    if (date === '') return setFilters(others)
    const start = new Date(`${date}T00:00:00Z`)
    const end = new Date(start.getTime() + dayMs - 1)
    setFilters({ ...others, window_from: start.toISOString(), window_to: end.toISOString() })
  }
  return (
    <TextField
      label="Window on (UTC day)"
      type="date"
      value={day}
      onChange={({ target }) => choose(target.value)}
      helperText={isPartOfDay(from, to) ? 'one window of this day' : undefined}
      slotProps={{ inputLabel: { shrink: true } }}
      sx={{ width: 170 }}
    />
  )
}

function isPartOfDay(from: unknown, to: unknown): boolean {
  if (typeof from !== 'string' || typeof to !== 'string') return false
  return new Date(to).getTime() - new Date(from).getTime() < dayMs - 1
}
