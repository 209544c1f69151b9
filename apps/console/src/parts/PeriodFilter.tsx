import { Button } from '@mui/material'
import { useState } from 'react'
import { useListContext } from 'react-admin'
import { type Days, daysOf, periodOf } from '../format/period.ts'
import { PeriodPicker } from './PeriodPicker.tsx'

const anyTime: Days = { first: '', last: '' }

/** Shows only what is of these days, by the filters `from` and `to`; half a period is none yet. */
export function PeriodFilter() {
  const { filterValues, setFilters } = useListContext()
  const { from, to, ...others } = filterValues
  const [days, setDays] = useState(() => daysOf(from, to) ?? anyTime)
  const choose = (chosen: Days) => {
    setDays(chosen)
    const period = periodOf(chosen)
    if (period !== undefined) setFilters({ ...others, ...period })
    else if (from !== undefined) setFilters(others)
  }
  return (
    <>
      <PeriodPicker days={days} onChange={choose} isOptional />
      {from === undefined ? null : <Button onClick={() => choose(anyTime)}>Any time</Button>}
    </>
  )
}
