import { Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material'
import type { NextWindow } from '../api/types.ts'
import { countText, countUpToText } from '../format/money.ts'
import { relativeText } from '../format/time.ts'
import { useNow } from '../parts/hooks.ts'
import { AppLink, listLink } from '../parts/links.tsx'
import { Nothing, Section } from '../parts/Page.tsx'
import { TimeText, WindowText } from '../parts/texts.tsx'

/** The next drop windows, by zone. */
export function NextWindows({ windows }: { windows: readonly NextWindow[] }) {
  return (
    <Section title="Next drop windows">
      {windows.length === 0 ? (
        <Nothing title="No upcoming drops">Drop windows appear when the next drop list is published.</Nothing>
      ) : (
        <Table size="small">
          <TableHead>
            <TableRow>
              <TableCell>Zone</TableCell>
              <TableCell>Drop window</TableCell>
              <TableCell>Starts</TableCell>
              <TableCell>Orders close</TableCell>
              <TableCell align="right">Listings</TableCell>
              <TableCell align="right">Backordered</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {windows.map((window) => (
              <Row
                key={`${window.zone} ${window.drop_from} ${window.drop_to} ${window.cutoff_at}`}
                window={window}
              />
            ))}
          </TableBody>
        </Table>
      )}
    </Section>
  )
}

function Row({ window }: { window: NextWindow }) {
  const nowMs = useNow(1_000)
  const { zone, drop_from, drop_to, cutoff_at } = window
  const isRunning = new Date(drop_from).getTime() <= nowMs
  return (
    <TableRow>
      <TableCell>
        <AppLink to={listLink('listings', { zone, window_from: drop_from, window_to: drop_to })}>
          .{zone}
        </AppLink>
      </TableCell>
      <TableCell>
        <WindowText from={drop_from} to={drop_to} />
      </TableCell>
      <TableCell sx={{ whiteSpace: 'nowrap', fontWeight: isRunning ? 600 : 400 }}>
        {isRunning ? 'Running' : relativeText(drop_from, nowMs)}
      </TableCell>
      <TableCell>
        <TimeText at={cutoff_at} />
      </TableCell>
      <TableCell align="right">{countUpToText(window.listings)}</TableCell>
      <TableCell align="right">{countText(window.held)}</TableCell>
    </TableRow>
  )
}
