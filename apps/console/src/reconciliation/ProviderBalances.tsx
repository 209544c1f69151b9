import { Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material'
import { twoClocks } from '../format/time.ts'
import { Section } from '../parts/Page.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { MoneyText } from '../parts/texts.tsx'
import { useLastRuns } from './last-run.ts'

/** What the provider holds for us, by its movements and by our ledger, when the last reconciliation ended. */
export function ProviderBalances() {
  const run = useLastRuns().data?.items.find(({ balances }) => balances.length > 0)
  if (run?.finished_at === undefined) return null
  return (
    <Section
      title={`Held by ${run.provider ?? 'the provider'}`}
      beside={
        <Typography variant="caption" color="textSecondary">
          {twoClocks(run.finished_at, 'UTC', 'minutes').utc}
        </Typography>
      }
    >
      <Table size="small">
        <TableHead>
          <TableRow>
            <TableCell>Currency</TableCell>
            <TableCell align="right">By its movements</TableCell>
            <TableCell align="right">By our ledger</TableCell>
            <TableCell align="right">Of that not reported yet</TableCell>
            <TableCell align="right">Difference</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {run.balances.map(({ held, clearing, pending, difference }) => (
            <TableRow key={held.currency}>
              <TableCell>{held.currency}</TableCell>
              <TableCell align="right">
                <MoneyText amount={held} />
              </TableCell>
              <TableCell align="right">
                <MoneyText amount={clearing} />
              </TableCell>
              <TableCell align="right">
                <MoneyText amount={pending} />
              </TableCell>
              <TableCell align="right">
                {difference.amount_minor === 0 ? (
                  <StateChip state="none" tone="success" />
                ) : (
                  <MoneyText amount={difference} />
                )}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Section>
  )
}
