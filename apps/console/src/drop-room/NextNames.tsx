import { Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material'
import type { DropRoom } from '../api/types.ts'
import { countUpToText } from '../format/money.ts'
import { counted } from '../format/words.ts'
import { AppLink, listLink, recordLink } from '../parts/links.tsx'
import { Nothing, Section } from '../parts/Page.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { MoneyText, NameText, WindowText } from '../parts/texts.tsx'

/** Paid names of the window that is open or comes next, the most valuable first. */
export function NextNames({ window }: { window: DropRoom['window'] }) {
  if (window === undefined) {
    return (
      <Section title="Paid names of the next window">
        <Nothing title="No armed names">
          Paid names are armed when their orders close.{' '}
          <AppLink to={listLink('calendar')}>View calendar</AppLink>
        </Nothing>
      </Section>
    )
  }
  const more = window.names - window.shown.length
  return (
    <Section
      title="Paid names of the next window"
      beside={<Typography color="textSecondary">{countUpToText(window.names)} in all</Typography>}
    >
      <Table size="small">
        <TableHead>
          <TableRow>
            <TableCell>Name</TableCell>
            <TableCell>Window</TableCell>
            <TableCell>State</TableCell>
            <TableCell align="right">Price</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {window.shown.map((each) => (
            <TableRow key={each.backorder_id}>
              <TableCell>
                <AppLink to={recordLink('backorders', each.backorder_id)}>
                  <NameText name={each.name} />
                </AppLink>
              </TableCell>
              <TableCell>
                <WindowText from={each.drop_from} to={each.drop_to} />
              </TableCell>
              <TableCell>
                <StateChip state={each.state} tone={each.state === 'firing' ? 'warning' : 'info'} />
              </TableCell>
              <TableCell align="right">
                <MoneyText amount={each.price} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {more > 0 ? (
        <Typography color="textSecondary" sx={{ px: 2, py: 1 }}>
          And {counted(more, 'less valuable name')}.{' '}
          <AppLink to={listLink('backorders', { state: 'backordered' })}>View backorders</AppLink>
        </Typography>
      ) : null}
    </Section>
  )
}
