import { Button, Stack, TextField } from '@mui/material'
import { useState } from 'react'
import { useListContext } from 'react-admin'
import { type Days, daysOf, monthOf, periodOf } from '../format/period.ts'

/** Whole days in UTC, both inclusive, with buttons for a month. Plain text fields, as in `UtcInput`. */
export function PeriodPicker({ days, onChange, isOptional = false }: PeriodPickerProps) {
  const isNone = isOptional && days.first === '' && days.last === ''
  const isFine = isNone || periodOf(days) !== undefined
  const month = (monthsBack: number) => () => onChange(monthOf(Date.now(), monthsBack))
  return (
    <Stack direction="row" sx={{ gap: 1, py: 1.25, alignItems: 'center' }}>
      <Button onClick={month(1)}>Last month</Button>
      <Button onClick={month(0)}>This month</Button>
      <DayField label="From (UTC)" value={days.first} onChange={(first) => onChange({ ...days, first })} />
      <DayField
        label="To (UTC)"
        value={days.last}
        onChange={(last) => onChange({ ...days, last })}
        isWrong={!isFine}
      />
    </Stack>
  )
}

type PeriodPickerProps = {
  readonly days: Days
  readonly onChange: (days: Days) => void
  /** Whether both days may be empty. */
  readonly isOptional?: boolean
}

type DayFieldProps = {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly isWrong?: boolean
}

function DayField({ label, value, onChange, isWrong = false }: DayFieldProps) {
  return (
    <TextField
      label={label}
      placeholder="YYYY-MM-DD"
      value={value}
      onChange={({ target }) => onChange(target.value)}
      error={isWrong}
      sx={{ width: 130 }}
      slotProps={{ inputLabel: { shrink: true } }}
    />
  )
}

const anyTime: Days = { first: '', last: '' }

/** Filters the list by days, with `from` and `to`, once both days are valid. A list that needs a period keeps the last valid one. */
export function PeriodFilter({ isRequired = false }: { isRequired?: boolean }) {
  const { filterValues, setFilters } = useListContext()
  const { from, to, ...others } = filterValues
  const [days, setDays] = useState(() => daysOf(from, to) ?? anyTime)
  const choose = (chosen: Days) => {
    setDays(chosen)
    const period = periodOf(chosen)
    if (period !== undefined) setFilters({ ...others, ...period })
    else if (from !== undefined && !isRequired) setFilters(others)
  }
  return (
    <>
      <PeriodPicker days={days} onChange={choose} isOptional={!isRequired} />
      {from === undefined || isRequired ? null : <Button onClick={() => choose(anyTime)}>Any time</Button>}
    </>
  )
}
