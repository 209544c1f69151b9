import { TextField } from '@mui/material'
import { useState } from 'react'
import { useListContext } from 'react-admin'

type ExactFilterProps = {
  readonly source: string
  readonly label: string
  /** The value that is filtered by; `undefined` while what was typed is none. */
  readonly valueOf: (typed: string) => string | undefined
  readonly isDisabled?: boolean
  /** Pixels. */
  readonly width: number
}

/** Filters by a whole value, once it is typed: a part of it finds nothing. */
export function ExactFilter({ source, label, valueOf, isDisabled = false, width }: ExactFilterProps) {
  const { filterValues, setFilters } = useListContext()
  const [typed, setTyped] = useState(String(filterValues[source] ?? ''))
  const isWrong = typed.trim() !== '' && valueOf(typed.trim()) === undefined
  const change = (text: string) => {
    setTyped(text)
    const { [source]: before, ...others } = filterValues
    const value = valueOf(text.trim())
    if (value !== undefined) setFilters({ ...others, [source]: value })
    else if (before !== undefined) setFilters(others)
  }
  return (
    <TextField
      label={label}
      value={typed}
      onChange={({ target }) => change(target.value)}
      error={isWrong}
      disabled={isDisabled}
      autoComplete="off"
      sx={{ width }}
    />
  )
}
