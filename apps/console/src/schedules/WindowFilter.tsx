import { TextField } from '@mui/material'
import { useEffect, useState } from 'react'
import { useListContext } from 'react-admin'
import { instantOfUtc, typedUtc } from '../format/time.ts'

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

/** What is typed counts once it is a time, or nothing. */
function EdgeField({ edge, label }: { edge: Edge; label: string }) {
  const { filterValues, setFilters } = useListContext()
  const { [edge]: instant, ...others } = filterValues
  const inForce = typeof instant === 'string' ? typedUtc(instant) : ''
  const [typed, setTyped] = useState(inForce)
  useEffect(() => setTyped(inForce), [inForce])
  const change = (text: string) => {
    setTyped(text)
    const at = instantOfUtc(text)
    if (at !== undefined) setFilters({ ...others, [edge]: at })
    else if (text === '') setFilters(others)
  }
  return (
    <TextField
      label={label}
      placeholder="YYYY-MM-DD HH:MM:SS"
      value={typed}
      onChange={({ target }) => change(target.value)}
      onBlur={() => setTyped(inForce)}
      error={typed !== '' && instantOfUtc(typed) === undefined}
      slotProps={{ inputLabel: { shrink: true } }}
      sx={{ width: 180 }}
    />
  )
}

/** What an operator wants to see first: everything that drops today or later, by the UTC day. */
export function fromToday(nowMs: number): { readonly window_from: string } {
  return { window_from: `${new Date(nowMs).toISOString().slice(0, 10)}T00:00:00.000Z` }
}
