import { Box, Typography } from '@mui/material'
import { type Precision, type TwoClocks, twoClocks, twoClocksOfRange } from '../format/time.ts'
import { useZone } from './use-zone.ts'

/** A time in UTC and, below, on the operator's own clock; both say which they are. */
export function TimeText({ at, precision }: { at: string; precision?: Precision }) {
  return <Clocks clocks={twoClocks(at, useZone(), precision)} />
}

/** A window from its start to its end, on both clocks. */
export function WindowText({ from, to, precision }: { from: string; to: string; precision?: Precision }) {
  return <Clocks clocks={twoClocksOfRange(from, to, useZone(), precision)} />
}

function Clocks({ clocks: { utc, local } }: { clocks: TwoClocks }) {
  return (
    <Box component="span" sx={{ display: 'inline-block', whiteSpace: 'nowrap' }}>
      {utc}
      {local === undefined ? null : (
        <Typography component="span" variant="caption" color="textSecondary" sx={{ display: 'block' }}>
          {local}
        </Typography>
      )}
    </Box>
  )
}
