import { Chip, MenuItem, TextField } from '@mui/material'
import { type ReactNode, useEffect, useState } from 'react'
import { useListContext } from 'react-admin'
import { words } from '../format/words.ts'
import { useRegistries, useZones } from './hooks.ts'

/** The list is read again once the operator has stopped typing for this long. */
const TYPING_PAUSE_MS = 300

/** Sets one filter of the surrounding list. An empty value removes it. */
function useFilter(source: string): readonly [value: string, set: (value: string) => void] {
  const { filterValues, setFilters } = useListContext()
  const set = (value: string) => {
    const { [source]: _old, ...others } = filterValues
    setFilters(value === '' ? others : { ...others, [source]: value })
  }
  return [String(filterValues[source] ?? ''), set]
}

/** Finds rows by part of a text. */
export function SearchFilter({ source = 'q', label }: { source?: string; label: string }) {
  const [value, set] = useFilter(source)
  const [typed, setTyped] = useState(value)
  useEffect(() => setTyped(value), [value])
  useEffect(() => {
    if (typed.trim() === value) return undefined
    const timer = setTimeout(() => set(typed.trim()), TYPING_PAUSE_MS)
    return () => clearTimeout(timer)
    // Only typing starts the timer: `set` is a new function on each render.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [typed])
  return (
    <TextField
      label={label}
      value={typed}
      onChange={({ target }) => setTyped(target.value)}
      type="search"
      sx={{ width: 210 }}
    />
  )
}

type ChoiceFilterProps<Choice extends string> = {
  readonly source: string
  readonly label: string
  readonly choices: readonly Choice[]
  /** The label of a choice; by default its code in words. */
  readonly nameOf?: (choice: Choice) => ReactNode
  /** The label of no choice, where it is not "any". */
  readonly any?: string
  /** Pixels. */
  readonly width?: number
}

const shownWhenEmpty = { slotProps: { select: { displayEmpty: true }, inputLabel: { shrink: true } } }

/** One choice of a fixed list, or any. */
export function ChoiceFilter<Choice extends string>({
  source,
  label,
  choices,
  nameOf = words,
  any,
  width = 160,
}: ChoiceFilterProps<Choice>) {
  const [value, set] = useFilter(source)
  return (
    <TextField
      select
      label={label}
      value={value}
      onChange={({ target }) => set(target.value)}
      sx={{ width }}
      {...(any === undefined ? {} : shownWhenEmpty)}
    >
      <MenuItem value="">{any === undefined ? <em>Any</em> : any}</MenuItem>
      {choices.map((choice) => (
        <MenuItem key={choice} value={choice}>
          {nameOf(choice)}
        </MenuItem>
      ))}
    </TextField>
  )
}

/** One registry, where there are several. */
export function RegistryFilter() {
  const registries = useRegistries().map(({ id }) => id)
  if (registries.length < 2) return null
  return <ChoiceFilter source="registry_id" label="Registry" choices={registries} nameOf={(id) => id} />
}

export function ZoneFilter() {
  return <ChoiceFilter source="zone" label="Zone" choices={useZones()} nameOf={(zone) => `.${zone}`} />
}

/** Yes, no, or both. */
export function FlagFilter({ source, label }: { source: string; label: string }) {
  return <ChoiceFilter source={source} label={label} choices={['true', 'false']} nameOf={yesOrNo} />
}

function yesOrNo(choice: string): string {
  return choice === 'true' ? 'Yes' : 'No'
}

type DayFilterProps = {
  readonly source: string
  readonly label: string
  /** The filter is the end of the day, not its beginning. */
  readonly isEnd?: boolean
}

/** One end of a period, as a day in UTC. */
export function DayFilter({ source, label, isEnd = false }: DayFilterProps) {
  const [value, set] = useFilter(source)
  const at = isEnd ? 'T23:59:59.999Z' : 'T00:00:00Z'
  return (
    <TextField
      type="date"
      label={label}
      value={value.slice(0, 10)}
      onChange={({ target }) => set(target.value === '' ? '' : `${target.value}${at}`)}
      slotProps={{ inputLabel: { shrink: true } }}
      sx={{ width: 150 }}
    />
  )
}

type OfAccount = { readonly id: string; readonly account_id: string; readonly account_name: string }

/** Shown while the list is filtered by account. The links on an account's page set this filter. */
export function AccountFilter() {
  const { filterValues, setFilters, data } = useListContext<OfAccount>()
  const { account_id: accountId, ...others } = filterValues
  if (typeof accountId !== 'string') return null
  const name = data?.find(({ account_id }) => account_id === accountId)?.account_name
  return <Chip label={`Account: ${name ?? accountId}`} onDelete={() => setFilters(others)} />
}
