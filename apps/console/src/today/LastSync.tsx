import { Stack, Typography } from '@mui/material'
import type { SyncRun } from '../api/types.ts'
import { countText } from '../format/money.ts'
import { runTones } from '../format/tones.ts'
import { counted } from '../format/words.ts'
import { AppLink, recordLink } from '../parts/links.tsx'
import { Nothing, Section } from '../parts/Page.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { TimeText } from '../parts/texts.tsx'

export function LastSync({ run }: { run: SyncRun | undefined }) {
  if (run === undefined) {
    return (
      <Section title="Last sync">
        <Nothing title="No lists yet" />
      </Section>
    )
  }
  return (
    <Section title="Last sync" beside={<StateChip state={run.state} tone={runTones[run.state]} />}>
      <Stack sx={{ px: 2, py: 1.25, gap: 0.5 }}>
        <AppLink to={recordLink('sync-runs', run.id)}>{run.source}</AppLink>
        <TimeText at={run.created_at} />
        <Typography color="textSecondary">{summary(run)}</Typography>
      </Stack>
    </Section>
  )
}

function summary({ rows_read, rows_rejected, counts }: SyncRun): string {
  const rows = `${counted(rows_read, 'row')}, ${countText(rows_rejected)} rejected`
  if (counts === undefined) return rows
  return `${rows}; ${countText(counts.added)} added, ${countText(counts.moved)} moved, ${countText(counts.suspected)} suspect`
}
