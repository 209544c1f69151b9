import { Box, Typography } from '@mui/material'
import type { BackorderDetail } from '../api/types.ts'
import { counted } from '../format/words.ts'
import { Section } from '../parts/Page.tsx'
import { TimeText, WindowText } from '../parts/texts.tsx'
import { AllAttempts, Attempts } from './Attempts.tsx'
import { EntryText } from './EntryText.tsx'
import { foldAttempts, type Line } from './fold-attempts.ts'

/** Order, payment, moves, attempts, outcome and refunds, the oldest first. */
export function Timeline({
  backorder: { id, timeline, attempts_total, attempts_removed },
}: {
  backorder: BackorderDetail
}) {
  const shown = timeline.filter(({ kind }) => kind === 'attempt').length
  const kept = attempts_total - (attempts_removed?.count ?? 0)
  const hint = shown < attempts_total ? `, ${shown} of them shown` : ''
  return (
    <Section
      title="Timeline"
      beside={
        <Typography variant="caption" color="textSecondary">
          {counted(attempts_total, 'EPP command')}
          {hint}
        </Typography>
      }
    >
      <Box component="ol" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {foldAttempts(timeline).map((line) => (
          <Row key={keyOf(line)} line={line} />
        ))}
      </Box>
      {attempts_removed === undefined ? null : <Removed removed={attempts_removed} />}
      {shown < kept ? <AllAttempts backorderId={id} total={kept} /> : null}
    </Section>
  )
}

/** After the retention period only the first, the deciding and the charged commands are kept, and the number of the others. */
function Removed({ removed }: { removed: NonNullable<BackorderDetail['attempts_removed']> }) {
  return (
    <Box sx={{ px: 2, py: 1 }}>
      <Typography variant="caption" color="textSecondary" component="div">
        {counted(removed.count, 'command')} were removed after the retention period. They were sent between
      </Typography>
      <WindowText from={removed.first_sent_at} to={removed.last_sent_at} precision="milliseconds" />
    </Box>
  )
}

function Row({ line }: { line: Line }) {
  return (
    <Box
      component="li"
      sx={{
        display: 'grid',
        gridTemplateColumns: { xs: 'minmax(0, 1fr)', sm: '232px minmax(0, 1fr)' },
        columnGap: 2,
        px: 2,
        py: 1,
        borderBottom: 1,
        borderColor: 'divider',
        '&:last-child': { borderBottom: 0 },
      }}
    >
      <TimeText at={timeOf(line)} precision="milliseconds" />
      <Box sx={{ minWidth: 0 }}>
        {line.kind === 'entry' ? <EntryText entry={line.entry} /> : <Attempts attempts={line.attempts} />}
      </Box>
    </Box>
  )
}

function timeOf(line: Line): string {
  return line.kind === 'entry' ? line.entry.at : (line.attempts[0]?.at ?? '')
}

function keyOf(line: Line): string {
  return line.kind === 'entry' ? `${line.entry.kind} ${line.entry.at}` : (line.attempts[0]?.cltrid ?? '')
}
