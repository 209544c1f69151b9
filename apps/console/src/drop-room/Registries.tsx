import { Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material'
import type { DropRoom } from '../api/types.ts'
import { countUpToText } from '../format/money.ts'
import { Nothing, Section } from '../parts/Page.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { AgeText } from '../parts/texts.tsx'
import { StopButtons } from './StopButtons.tsx'

type Registry = DropRoom['registries'][number]

/** How many names of each registry are being tried, and its stop. */
export function Registries({ registries }: { registries: readonly Registry[] }) {
  return (
    <Section title="Registries">
      {registries.length === 0 ? (
        <Nothing title="No registries">An administrator adds them with their zones.</Nothing>
      ) : (
        <Table size="small">
          <TableHead>
            <TableRow>
              <TableCell>Registry</TableCell>
              <TableCell>State</TableCell>
              <TableCell align="right">Armed</TableCell>
              <TableCell align="right">Firing</TableCell>
              <TableCell align="right">Ambiguous</TableCell>
              <TableCell align="right">Award awaited</TableCell>
              <TableCell />
            </TableRow>
          </TableHead>
          <TableBody>
            {registries.map((registry) => (
              <TableRow key={registry.id}>
                <TableCell sx={{ fontWeight: 550 }}>{registry.id}</TableCell>
                <TableCell>
                  <State registry={registry} />
                </TableCell>
                <TableCell align="right">{countUpToText(registry.armed)}</TableCell>
                <TableCell align="right">{countUpToText(registry.firing)}</TableCell>
                <TableCell align="right">{countUpToText(registry.ambiguous)}</TableCell>
                <TableCell align="right">{countUpToText(registry.awaiting_award)}</TableCell>
                <TableCell align="right">
                  <StopButtons registry={registry} />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </Section>
  )
}

function State({ registry: { stop, firing, paid_in_window } }: { registry: Registry }) {
  if (stop === undefined) {
    if (firing > 0) return <StateChip state="firing" tone="warning" />
    return (
      <StateChip state={paid_in_window ? 'window open' : 'idle'} tone={paid_in_window ? 'info' : 'neutral'} />
    )
  }
  return (
    <>
      <StateChip state="stopped" tone="error" />
      <Typography variant="caption" color="textSecondary" component="div" sx={{ maxWidth: 420 }}>
        for <AgeText since={stop.stopped_at} /> by {stop.stopped_by}: {stop.reason}
      </Typography>
    </>
  )
}
