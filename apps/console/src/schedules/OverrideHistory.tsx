import { Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material'
import type { Override } from '../api/types.ts'
import { Nothing, Section } from '../parts/Page.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { TimeText, WindowText } from '../parts/texts.tsx'

/** Every manual move, the newest first. */
export function OverrideHistory({ overrides }: { overrides: readonly Override[] }) {
  return (
    <Section title="Manual changes">
      {overrides.length === 0 ? (
        <Nothing title="No manual changes">The schedule follows the lists.</Nothing>
      ) : (
        <Table size="small">
          <TableHead>
            <TableRow>
              <TableCell>Moved</TableCell>
              <TableCell>By and reason</TableCell>
              <TableCell>Window before</TableCell>
              <TableCell>Window after</TableCell>
              <TableCell>Status</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {overrides.map((override) => (
              <Row key={override.id} override={override} />
            ))}
          </TableBody>
        </Table>
      )}
    </Section>
  )
}

function Row({ override }: { override: Override }) {
  const { from, to, applied_by, applied_at, reason } = override
  return (
    <TableRow>
      <TableCell>
        <TimeText at={applied_at} />
      </TableCell>
      <TableCell sx={{ overflowWrap: 'anywhere' }}>
        {applied_by}
        <Typography color="textSecondary">{reason}</Typography>
      </TableCell>
      <TableCell>
        <WindowText from={from.drop_from} to={from.drop_to} />
      </TableCell>
      <TableCell>
        <WindowText from={to.drop_from} to={to.drop_to} />
      </TableCell>
      <TableCell>
        <Status override={override} />
      </TableCell>
    </TableRow>
  )
}

function Status({ override: { replaced_at, undone_at, undone_by, undo_reason } }: { override: Override }) {
  if (undone_at !== undefined) {
    return (
      <>
        <StateChip state="undone" /> by {undone_by} <TimeText at={undone_at} />
        <Typography color="textSecondary">{undo_reason}</Typography>
      </>
    )
  }
  return replaced_at === undefined ? (
    <StateChip state="active" tone="info" />
  ) : (
    <StateChip state="replaced by a later move" />
  )
}
