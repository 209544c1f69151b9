import { TextField } from '@mui/material'
import { useListContext } from 'react-admin'
import { typedUtc } from '../format/time.ts'

type Edge = 'window_from' | 'window_to'

/** Listings whose window touches a span of time: from one UTC instant, to another, or both. */
export function WindowFilter() {
  return (
    <>
      <EdgeField edge="window_from" label="Windows from (UTC)" />
      <EdgeField edge="window_to" label="Windows to (UTC)" />
    </>
  )
}

function EdgeField({ edge, label }: { edge: Edge; label: string }) {
  const { filterValues, setFilters } = useListContext()
  const { [edge]: instant, ...others } = filterValues
  const choose = (typed: string) => {
    const at = new Date(`${typed}Z`)
    setFilters(Number.isNaN(at.getTime()) ? others : { ...others, [edge]: at.toISOString() })
  }
  return (
    <TextField
      label={label}
      type="datetime-local"
      value={typeof instant === 'string' ? typedUtc(instant).slice(0, 16) : ''}
      onChange={({ target }) => choose(target.value)}
      slotProps={{ inputLabel: { shrink: true } }}
      sx={{ width: 205 }}
    />
  )
}

/** What an operator wants to see first: everything that drops today or later, by the UTC day. */
export function fromToday(nowMs: number): { readonly window_from: string } {
  return { window_from: `${new Date(nowMs).toISOString().slice(0, 10)}T00:00:00.000Z` }
}
