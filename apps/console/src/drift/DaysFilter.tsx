import { TextField } from '@mui/material'
import { useEffect, useState } from 'react'
import { useListContext } from 'react-admin'
import { isDay } from '../format/days.ts'

/** Filters by days of the registry's calendar, both inclusive. */
export function DaysFilter() {
  return (
    <>
      <DayField edge="from" label="From day" />
      <DayField edge="to" label="To day" />
    </>
  )
}

function DayField({ edge, label }: { edge: 'from' | 'to'; label: string }) {
  const { filterValues, setFilters } = useListContext()
  const { [edge]: value, ...others } = filterValues
  const inForce = typeof value === 'string' ? value : ''
  const [typed, setTyped] = useState(inForce)
  useEffect(() => setTyped(inForce), [inForce])
  const change = (text: string) => {
    setTyped(text)
    if (isDay(text.trim())) setFilters({ ...others, [edge]: text.trim() })
    else if (text === '') setFilters(others)
  }
  return (
    <TextField
      label={label}
      placeholder="YYYY-MM-DD"
      value={typed}
      onChange={({ target }) => change(target.value)}
      onBlur={() => setTyped(inForce)}
      error={typed !== '' && !isDay(typed.trim())}
      slotProps={{ inputLabel: { shrink: true } }}
      sx={{ width: 140 }}
    />
  )
}
