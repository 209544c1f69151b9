import { Box, Paper, Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import type { CalendarDay } from '../api/types.ts'
import { addDays, dayText } from '../format/days.ts'
import { wallTime } from '../format/time.ts'
import { counted } from '../format/words.ts'
import { isOverCapacity } from './capacity.ts'

/** More zones of a day are counted in a month; a week shows all. */
const ZONES_SHOWN_MAX = 3

/** Read aloud, and not seen. */
const unseen = {
  position: 'absolute',
  width: '1px',
  height: '1px',
  overflow: 'hidden',
  clipPath: 'inset(50%)',
  whiteSpace: 'nowrap',
}

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

type CalendarGridProps = {
  readonly weeks: readonly (readonly string[])[]
  /** `YYYY-MM`: days of other months are paler. Left out: a week. */
  readonly month: string | undefined
  readonly days: readonly CalendarDay[]
  readonly chosen: string
  readonly today: string
  readonly onChoose: (day: string) => void
  readonly onStep: (count: number) => void
}

/** A grid of days. Arrows go to the next day or week, Page Up and Page Down to the next month or week. */
export function CalendarGrid({ weeks, month, days, chosen, today, onChoose, onStep }: CalendarGridProps) {
  const grid = useRef<HTMLTableElement>(null)
  const byKeys = useRef(false)
  useEffect(() => {
    if (!byKeys.current) return
    byKeys.current = false
    grid.current?.querySelector<HTMLElement>(`[data-day="${chosen}"]`)?.focus()
  }, [chosen])
  const press = (event: KeyboardEvent) => {
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: -1,
      ArrowRight: 1,
      ArrowUp: -7,
      ArrowDown: 7,
    }
    const step = steps[event.key]
    const page = event.key === 'PageUp' ? -1 : event.key === 'PageDown' ? 1 : undefined
    if (step === undefined && page === undefined) return
    event.preventDefault()
    byKeys.current = true
    if (step !== undefined) onChoose(addDays(chosen, step))
    else if (page !== undefined) onStep(page)
  }
  return (
    <Paper sx={{ mb: 2, overflowX: 'auto' }}>
      <Table
        ref={grid}
        role="grid"
        aria-label="Calendar"
        size="small"
        onKeyDown={press}
        sx={{ tableLayout: 'fixed', minWidth: 840 }}
      >
        <TableHead>
          <TableRow>
            {weekdays.map((name) => (
              <TableCell key={name} scope="col">
                {name}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {weeks.map((week) => (
            <TableRow key={week[0]}>
              {week.map((day) => (
                <Day
                  key={day}
                  day={day}
                  zones={days.filter((each) => each.day === day)}
                  isChosen={day === chosen}
                  isToday={day === today}
                  isOutside={month !== undefined && !day.startsWith(month)}
                  isWeek={month === undefined}
                  onChoose={onChoose}
                />
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Paper>
  )
}

type DayProps = {
  readonly day: string
  readonly zones: readonly CalendarDay[]
  readonly isChosen: boolean
  readonly isToday: boolean
  readonly isOutside: boolean
  readonly isWeek: boolean
  readonly onChoose: (day: string) => void
}

function Day({ day, zones, isChosen, isToday, isOutside, isWeek, onChoose }: DayProps) {
  const shown = isWeek ? zones : zones.slice(0, ZONES_SHOWN_MAX)
  const more = zones.length - shown.length
  return (
    <TableCell
      role="gridcell"
      data-day={day}
      aria-selected={isChosen}
      aria-current={isToday ? 'date' : undefined}
      tabIndex={isChosen ? 0 : -1}
      onClick={() => onChoose(day)}
      sx={{
        height: isWeek ? 220 : 82,
        verticalAlign: 'top',
        cursor: 'pointer',
        borderLeft: 1,
        borderColor: 'divider',
        '&:first-of-type': { borderLeft: 0 },
        bgcolor: isChosen ? 'action.selected' : isOutside ? 'background.default' : undefined,
        '&:hover': { bgcolor: isChosen ? 'action.selected' : 'action.hover' },
        '&:focus-visible': { outlineOffset: '-2px' },
      }}
    >
      <Box component="span" sx={unseen}>
        {dayText(day)}
      </Box>
      <Box
        component="span"
        aria-hidden
        sx={{
          display: 'inline-block',
          mb: 0.5,
          px: isToday ? 0.75 : 0,
          borderRadius: 1,
          fontWeight: isOutside ? 400 : 600,
          color: isToday ? 'background.paper' : isOutside ? 'text.secondary' : 'text.primary',
          bgcolor: isToday ? 'primary.main' : undefined,
        }}
      >
        {Number(day.slice(8))}
      </Box>
      {shown.map((zone) => (
        <Zone key={zone.zone} zone={zone} isWeek={isWeek} />
      ))}
      {more > 0 ? (
        <Box sx={{ color: 'text.secondary', fontSize: 12 }}>{counted(more, 'more zone')}</Box>
      ) : null}
    </TableCell>
  )
}

function Zone({ zone, isWeek }: { zone: CalendarDay; isWeek: boolean }) {
  const isOver = isOverCapacity(zone)
  return (
    <Box sx={{ fontSize: 12, lineHeight: 1.45, mb: isWeek ? 0.75 : 0 }}>
      <Box sx={{ display: 'flex', gap: 0.75, whiteSpace: 'nowrap' }}>
        <Box component="span" sx={{ fontWeight: 600, overflow: 'hidden', textOverflow: 'ellipsis' }}>
          .{zone.zone}
        </Box>
        <span>{zone.names.toLocaleString('en')}</span>
        {zone.paid > 0 ? (
          <Box component="span" sx={{ color: isOver ? 'error.main' : 'success.main', fontWeight: 600 }}>
            {zone.paid.toLocaleString('en')} paid
          </Box>
        ) : null}
      </Box>
      {isWeek ? (
        <Box sx={{ color: 'text.secondary' }}>
          {wallTime(zone.drop_from, 'UTC', 'minutes')} – {wallTime(zone.drop_to, 'UTC', 'minutes')} UTC
          {isOver ? (
            <Box sx={{ color: 'error.main' }}>Capacity {zone.capacity?.toLocaleString('en')}</Box>
          ) : null}
        </Box>
      ) : null}
    </Box>
  )
}
