import { Box } from '@mui/material'
import { ageText } from '../format/time.ts'
import { useNow } from './use-now.ts'

/** An age is read at a glance, not to the second. */
const everyMs = 10_000

/** How long something waits; who points at it sees since when. */
export function AgeText({ since }: { since: string }) {
  return (
    <Box component="time" dateTime={since} title={since} sx={{ whiteSpace: 'nowrap' }}>
      {ageText(since, useNow(everyMs))}
    </Box>
  )
}
