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
