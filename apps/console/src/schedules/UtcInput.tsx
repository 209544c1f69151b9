import { TextField } from '@mui/material'
import { useEffect, useState } from 'react'
import { useListContext } from 'react-admin'
import { type FieldPath, type FieldValues, useWatch } from 'react-hook-form'
import { instantOfUtc, twoClocks, typedUtc } from '../format/time.ts'
import { TextInput } from '../parts/Form.tsx'
import { useZone } from '../parts/hooks.ts'

const example = 'YYYY-MM-DD HH:MM:SS'

type UtcInputProps<Values extends FieldValues> = {
  readonly name: FieldPath<Values>
  readonly label: string
  readonly onChange: () => void
  /** What applies when nothing is typed; without it a time is required. */
  readonly ifEmpty?: string
}

/**
 * A date and time typed in UTC, with the operator's local time below. A plain text field: the browser's own shows the time
 * in the operator's format, 9 PM or 21:00, and accepts no pasted text.
 */
export function UtcInput<Values extends FieldValues>({
  name,
  label,
  onChange,
  ifEmpty,
}: UtcInputProps<Values>) {
  const text = String(useWatch<Values>({ name }))
  const zone = useZone()
  const instant = instantOfUtc(text)
  const help = text === '' && ifEmpty !== undefined ? ifEmpty : `Use ${example}`
  return (
    <TextInput<Values>
      name={name}
      label={`${label} (UTC)`}
      placeholder={example}
      required={ifEmpty === undefined}
      isValid={(typed) => instantOfUtc(typed) !== undefined}
      onChange={onChange}
      helperText={instant === undefined ? help : (twoClocks(instant, zone).local ?? 'Your time zone is UTC')}
      slotProps={{ inputLabel: { shrink: true } }}
    />
  )
}

type Edge = 'window_from' | 'window_to'

/** Filters listings by drop window: those that overlap the time from one UTC instant, to another, or between both. */
export function WindowFilter() {
  return (
    <>
      <EdgeField edge="window_from" label="Windows from (UTC)" />
      <EdgeField edge="window_to" label="Windows to (UTC)" />
    </>
  )
}

/** Sets the filter once the text is a time or empty. */
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
      placeholder={example}
      value={typed}
      onChange={({ target }) => change(target.value)}
      onBlur={() => setTyped(inForce)}
      error={typed !== '' && instantOfUtc(typed) === undefined}
      slotProps={{ inputLabel: { shrink: true } }}
      sx={{ width: 180 }}
    />
  )
}

/** Everything that drops today or later, by the UTC day: what the list shows first. */
export function fromToday(nowMs: number): { readonly window_from: string } {
  return { window_from: `${new Date(nowMs).toISOString().slice(0, 10)}T00:00:00.000Z` }
}
