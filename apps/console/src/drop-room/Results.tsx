import { Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material'
import type { DropRoom } from '../api/types.ts'
import { wallTime } from '../format/time.ts'
import { words } from '../format/words.ts'
import { AppLink, recordLink } from '../parts/links.tsx'
import { Nothing, Section } from '../parts/Page.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { NameText } from '../parts/texts.tsx'

type Result = DropRoom['results'][number]

/** Wins and losses, the newest first. */
export function Results({ results }: { results: readonly Result[] }) {
  return (
    <Section title="Results">
      {results.length === 0 ? (
        <Nothing title="No results yet">Names appear here as soon as their outcome is decided.</Nothing>
      ) : (
        <Table size="small">
          <TableHead>
            <TableRow>
              <TableCell>Decided (UTC)</TableCell>
              <TableCell>Name</TableCell>
              <TableCell>Result</TableCell>
              <TableCell align="right">Creates</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {results.map((result) => (
              <TableRow key={result.backorder_id}>
                <TableCell sx={{ whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }}>
                  {wallTime(result.decided_at, 'UTC')}
                </TableCell>
                <TableCell>
                  <AppLink to={recordLink('backorders', result.backorder_id)}>
                    <NameText name={result.name} />
                  </AppLink>
                </TableCell>
                <TableCell>
                  <StateChip
                    state={result.state}
                    tone={result.state === 'registered' ? 'success' : 'neutral'}
                  />
                  <Typography variant="caption" color="textSecondary" component="div">
                    {detailOf(result)}
                  </Typography>
                </TableCell>
                <TableCell align="right">{result.creates ?? '–'}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </Section>
  )
}

function detailOf({ state, lost_by_min_ms, lost_by_max_ms, holder_clid }: Result): string | null {
  if (state !== 'lost') return null
  const to = holder_clid === undefined ? words('another_registrar') : holder_clid
  if (lost_by_min_ms === undefined || lost_by_max_ms === undefined) return `to ${to}`
  return `to ${to}, by ${lost_by_min_ms} to ${lost_by_max_ms} ms`
}
