import { TextField } from '@mui/material'
import { instantOfUtc, twoClocks } from '../format/time.ts'
import { useZone } from '../parts/use-zone.ts'

type UtcFieldProps = {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  /** What holds when nothing is typed; without it something must be. */
  readonly ifEmpty?: string
}

/** A date and time typed in UTC, with what it is on the operator's own clock below. */
export function UtcField({ label, value, onChange, ifEmpty }: UtcFieldProps) {
  const zone = useZone()
  const instant = instantOfUtc(value)
  const local = instant === undefined ? undefined : (twoClocks(instant, zone).local ?? 'your clock is UTC')
  return (
    <TextField
      label={`${label} (UTC)`}
      type="datetime-local"
      value={value}
      onChange={({ target }) => onChange(target.value)}
      required={ifEmpty === undefined}
      helperText={local ?? ifEmpty ?? ' '}
      slotProps={{ inputLabel: { shrink: true }, htmlInput: { step: 1 } }}
    />
  )
}
