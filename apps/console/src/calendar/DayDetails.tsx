import { Button, Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material'
import { Link } from 'react-router-dom'
import type { CalendarDay } from '../api/types.ts'
import { dayText } from '../format/days.ts'
import { countOrDash, countText } from '../format/money.ts'
import { words } from '../format/words.ts'
import { useMay } from '../parts/hooks.ts'
import { AppLink, listLink } from '../parts/links.tsx'
import { Nothing, Section } from '../parts/Page.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { TimeText, WindowText } from '../parts/texts.tsx'
import { newChangeLink } from '../schedule-changes/change-values.ts'
import { isOverCapacity } from './capacity.ts'

/** The windows of the day that is chosen, zone by zone, with the ways to their names and to a change of the day. */
export function DayDetails({ day, days }: { day: string; days: readonly CalendarDay[] }) {
  const mayMove = useMay('schedules:override')
  return (
    <Section title={dayText(day)}>
      {days.length === 0 ? (
        <Nothing title="No windows on this day">
          Live names appear on the day on which their window starts.
        </Nothing>
      ) : (
        <Table size="small" aria-label="Windows of the day">
          <TableHead>
            <TableRow>
              <TableCell>Zone</TableCell>
              <TableCell>Windows</TableCell>
              <TableCell>Orders close from</TableCell>
              <TableCell align="right">Names</TableCell>
              <TableCell align="right">Paid</TableCell>
              <TableCell align="right">Unpaid</TableCell>
              <TableCell>Capacity</TableCell>
              {mayMove ? <TableCell /> : null}
            </TableRow>
          </TableHead>
          <TableBody>
            {days.map((zone) => (
              <TableRow key={zone.zone}>
                <TableCell>
                  <AppLink to={namesOf(zone)}>.{zone.zone}</AppLink>
                </TableCell>
                <TableCell>
                  <WindowText from={zone.drop_from} to={zone.drop_to} precision="minutes" />
                </TableCell>
                <TableCell>
                  <TimeText at={zone.first_cutoff_at} precision="minutes" />
                </TableCell>
                <TableCell align="right">{countText(zone.names)}</TableCell>
                <TableCell align="right">{countOrDash(zone.paid)}</TableCell>
                <TableCell align="right">{countOrDash(zone.unpaid)}</TableCell>
                <TableCell>
                  <Capacity zone={zone} />
                </TableCell>
                {mayMove ? (
                  <TableCell align="right">
                    <Button
                      component={Link}
                      to={newChangeLink({ zone: zone.zone, dropDate: day })}
                      variant="outlined"
                    >
                      Move this day
                    </Button>
                  </TableCell>
                ) : null}
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </Section>
  )
}

function Capacity({ zone }: { zone: CalendarDay }) {
  const { capacity, release } = zone
  if (capacity === undefined) return words(release)
  const text = `${countText(capacity)} together`
  return isOverCapacity(zone) ? (
    <StateChip state={`${text}, too few for the paid names`} tone="error" />
  ) : (
    text
  )
}

function namesOf({ zone, drop_from, drop_to }: CalendarDay): string {
  return listLink('listings', { zone, window_from: drop_from, window_to: drop_to })
}
