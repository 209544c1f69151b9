import { TextField } from '@mui/material'
import { useEffect, useState } from 'react'
import { useListContext } from 'react-admin'
import { instantOfUtc, twoClocks, typedUtc } from '../format/time.ts'
import { useZone } from '../parts/hooks.ts'

type UtcFieldProps = {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  /** What holds when nothing is typed; without it something must be. */
  readonly ifEmpty?: string
}

/**
 * A date and time typed in UTC, with what it is on the operator's own clock below. A plain text field: the browser's own
 * would show the time by the operator's habits, 9 PM or 21:00, and takes nothing that is pasted.
 */
export function UtcField({ label, value, onChange, ifEmpty }: UtcFieldProps) {
  const zone = useZone()
  const instant = instantOfUtc(value)
  const local = instant === undefined ? undefined : (twoClocks(instant, zone).local ?? 'your clock is UTC')
  const isWrong = instant === undefined && !(value === '' && ifEmpty !== undefined)
  return (
    <TextField
      label={`${label} (UTC)`}
      placeholder="YYYY-MM-DD HH:MM:SS"
      value={value}
      onChange={({ target }) => onChange(target.value)}
      required={ifEmpty === undefined}
      error={isWrong}
      helperText={isWrong ? 'as YYYY-MM-DD HH:MM:SS' : (local ?? ifEmpty)}
      slotProps={{ inputLabel: { shrink: true } }}
    />
  )
}

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
