import ChevronLeftIcon from '@mui/icons-material/ChevronLeft'
import ChevronRightIcon from '@mui/icons-material/ChevronRight'
import {
  Button,
  IconButton,
  LinearProgress,
  MenuItem,
  Stack,
  TextField,
  ToggleButton,
  ToggleButtonGroup,
  Typography,
} from '@mui/material'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useDataProvider } from 'react-admin'
import { useSearchParams } from 'react-router-dom'
import type { ConsoleDataProvider } from '../api/data-provider.ts'
import type { ScheduleCalendar } from '../api/types.ts'
import { addDays, addMonths, isDay, isoDay, monthText, weekOf, weeksOfMonth } from '../format/days.ts'
import { useRegistries } from '../parts/hooks.ts'
import { Page } from '../parts/Page.tsx'
import { PageTabs } from '../parts/PageTabs.tsx'
import { ProblemAlert } from '../parts/ProblemAlert.tsx'
import { scheduleTabs } from '../parts/tabs.ts'
import { CalendarGrid } from './CalendarGrid.tsx'
import { DayDetails } from './DayDetails.tsx'

type View = 'month' | 'week'

/** What the address says of the calendar: a view, the day that is chosen, and which zones. */
function useCalendarAddress() {
  const [query, setQuery] = useSearchParams()
  const [today] = useState(() => isoDay(Date.now()))
  const given = query.get('day') ?? ''
  const view: View = query.get('view') === 'week' ? 'week' : 'month'
  const set = (values: Readonly<Record<string, string>>) =>
    setQuery((before) => {
      const after = new URLSearchParams(before)
      for (const [name, value] of Object.entries(values)) {
        if (value === '') after.delete(name)
        else after.set(name, value)
      }
      return after
    })
  return {
    today,
    view,
    day: isDay(given) ? given : today,
    zone: query.get('zone') ?? '',
    registry: query.get('registry') ?? '',
    set,
  }
}

/** The windows of live names by day and zone: a month or a week, with what is paid and what our accounts can try. */
export function CalendarPage() {
  const address = useCalendarAddress()
  const { view, day, zone, registry, today, set } = address
  const weeks = view === 'month' ? weeksOfMonth(day) : [weekOf(day)]
  const from = weeks[0]?.[0] ?? day
  const to = weeks.at(-1)?.at(-1) ?? day
  const api = useDataProvider<ConsoleDataProvider>()
  const query = new URLSearchParams({
    from,
    to,
    ...(zone === '' ? {} : { zone }),
    ...(registry === '' ? {} : { registry_id: registry }),
  })
  const { data, error, refetch, isFetching } = useQuery<ScheduleCalendar>({
    queryKey: ['calendar', query.toString()],
    queryFn: () => api.get(`calendar?${query}`),
    placeholderData: keepPreviousData,
    retry: false,
  })
  const step = (count: number) =>
    set({ day: view === 'month' ? addMonths(day, count) : addDays(day, 7 * count) })
  return (
    <Page
      title="Calendar"
      about="Windows of live names by the day on which they start, by the time zone of each registry."
    >
      <PageTabs label="Drop schedules" tabs={scheduleTabs} />
      <Controls
        address={address}
        range={view === 'month' ? monthText(day) : `${from} – ${to}`}
        onStep={step}
      />
      <LinearProgress
        sx={{ height: 2, visibility: isFetching ? 'visible' : 'hidden' }}
        aria-label="Loading"
      />
      {error === null ? null : <ProblemAlert error={error} onRetry={() => void refetch()} />}
      <CalendarGrid
        weeks={weeks}
        month={view === 'month' ? day.slice(0, 7) : undefined}
        days={data?.days ?? []}
        chosen={day}
        today={today}
        onChoose={(chosen) => set({ day: chosen })}
        onStep={step}
      />
      <DayDetails day={day} days={data?.days.filter((each) => each.day === day) ?? []} />
    </Page>
  )
}

type ControlsProps = {
  readonly address: ReturnType<typeof useCalendarAddress>
  /** What is shown, in words. */
  readonly range: string
  readonly onStep: (count: number) => void
}

function Controls({ address: { view, today, zone, registry, set }, range, onStep }: ControlsProps) {
  return (
    <Stack direction="row" sx={{ gap: 1.5, mb: 1.5, alignItems: 'center', flexWrap: 'wrap' }}>
      <ToggleButtonGroup
        exclusive
        size="small"
        aria-label="View"
        value={view}
        onChange={(_event, chosen: View | null) => set({ view: chosen === 'week' ? 'week' : '' })}
        sx={{
          '& .MuiToggleButton-root': {
            textTransform: 'none',
            px: 1.5,
            height: 36,
            bgcolor: 'background.paper',
          },
        }}
      >
        <ToggleButton value="month">Month</ToggleButton>
        <ToggleButton value="week">Week</ToggleButton>
      </ToggleButtonGroup>
      <Stack direction="row" sx={{ alignItems: 'center' }}>
        <IconButton aria-label={`Previous ${view}`} onClick={() => onStep(-1)}>
          <ChevronLeftIcon />
        </IconButton>
        <IconButton aria-label={`Next ${view}`} onClick={() => onStep(1)}>
          <ChevronRightIcon />
        </IconButton>
      </Stack>
      <Button variant="outlined" onClick={() => set({ day: today })}>
        Today
      </Button>
      <Typography variant="h2" component="p" aria-live="polite" sx={{ minWidth: 170 }}>
        {range}
      </Typography>
      <ZoneChoices zone={zone} registry={registry} set={set} />
    </Stack>
  )
}

type ZoneChoicesProps = {
  readonly zone: string
  readonly registry: string
  readonly set: (values: Readonly<Record<string, string>>) => void
}

function ZoneChoices({ zone, registry, set }: ZoneChoicesProps) {
  const registries = useRegistries()
  const zones = registries
    .filter(({ id }) => registry === '' || id === registry)
    .flatMap(({ zones: all }) => all)
    .toSorted()
  return (
    <>
      <Choice
        label="Registry"
        value={registry}
        choices={registries.map(({ id }) => id)}
        onChange={(chosen) => set({ registry: chosen, zone: '' })}
      />
      <Choice
        label="Zone"
        value={zone}
        choices={zones}
        onChange={(chosen) => set({ zone: chosen })}
        nameOf={(each) => `.${each}`}
      />
    </>
  )
}

type ChoiceProps = {
  readonly label: string
  readonly value: string
  readonly choices: readonly string[]
  readonly onChange: (chosen: string) => void
  readonly nameOf?: (choice: string) => string
}

function Choice({ label, value, choices, onChange, nameOf = (choice) => choice }: ChoiceProps) {
  return (
    <TextField
      select
      label={label}
      value={choices.includes(value) ? value : ''}
      onChange={({ target }) => onChange(target.value)}
      sx={{ width: 160 }}
    >
      <MenuItem value="">
        <em>Any</em>
      </MenuItem>
      {choices.map((choice) => (
        <MenuItem key={choice} value={choice}>
          {nameOf(choice)}
        </MenuItem>
      ))}
    </TextField>
  )
}
