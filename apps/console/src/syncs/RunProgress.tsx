import { Box, LinearProgress, Typography } from '@mui/material'
import type { SyncRunDetail } from '../api/types.ts'
import { countText } from '../format/money.ts'
import { counted } from '../format/words.ts'
import { Section } from '../parts/Page.tsx'
import { percentOf, progressText } from './progress.ts'

/** How far a list is that is being read or published. */
export function RunProgress({ run }: { run: SyncRunDetail }) {
  if (progressText(run) === '–') return null
  const isPublishing = run.state === 'publishing'
  const percent = isPublishing ? undefined : percentOf(run)
  const done = run.diff.added + run.diff.moved + run.diff.suspected
  return (
    <Section title="Progress">
      <Box sx={{ px: 2, py: 1.5 }}>
        <LinearProgress
          aria-label="Progress"
          {...(percent === undefined ? {} : { variant: 'determinate' as const, value: percent })}
        />
        <Typography sx={{ mt: 1 }}>
          {isPublishing
            ? `${counted(run.rows_read, 'row')} read, ${counted(done, 'change')} published.`
            : `${counted(run.rows_read, 'row')} read, ${countText(run.rows_rejected)} rejected; ${progressText(run)}.`}
        </Typography>
      </Box>
    </Section>
  )
}
