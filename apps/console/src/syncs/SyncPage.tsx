import { Alert, AlertTitle, Box } from '@mui/material'
import type { SyncRunDetail } from '../api/types.ts'
import { runTones } from '../format/tones.ts'
import { words, zonesText } from '../format/words.ts'
import { Facts } from '../parts/Facts.tsx'
import { linkTo } from '../parts/links.tsx'
import { Page, Section } from '../parts/Page.tsx'
import { RecordPage } from '../parts/RecordPage.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { TimeText } from '../parts/texts.tsx'
import { HeldBack } from './HeldBack.tsx'
import { RunButtons } from './RunButtons.tsx'
import { RunContents } from './RunContents.tsx'
import { RunProgress } from './RunProgress.tsx'
import { commonestRejects } from './reject-names.ts'

/** One run: what the list changes or has changed, and its rejected rows. */
export function SyncPage() {
  return (
    <RecordPage<SyncRunDetail> resource="sync-runs" kind="Sync">
      {(run) => (
        <Page
          title={run.source}
          beside={<StateChip state={run.state} tone={runTones[run.state]} />}
          about={scopeText(run)}
          actions={<RunButtons run={run} />}
        >
          <Notices run={run} />
          <RunProgress run={run} />
          <Section title="Details">
            <RunFacts run={run} />
          </Section>
          <RunContents run={run} />
        </Page>
      )}
    </RecordPage>
  )
}

function scopeText({ registry_id, scope }: SyncRunDetail): string {
  const dates =
    scope.from === undefined
      ? ''
      : `, drop dates ${scope.from}${scope.to === scope.from ? '' : ` to ${scope.to}`}`
  const kind = scope.kind === 'snapshot' ? 'Complete list' : 'Partial list'
  const zones = zonesText(scope.zones)
  return `${kind}${zones === '' ? '' : ` of ${zones}`} for ${registry_id}${dates}.`
}

function Notices({ run }: { run: SyncRunDetail }) {
  return (
    <Box sx={{ mb: 2, '&:empty': { mb: 0 } }}>
      {run.state === 'quarantined' ? <HeldBack run={run} /> : null}
      {run.failure === undefined ? null : (
        <Alert severity="error">
          <AlertTitle>The list was not published</AlertTitle>
          {run.failure}
        </Alert>
      )}
      {run.decision_reason === undefined ? null : (
        <Alert severity="info">
          <AlertTitle>
            {words(run.state)} by {run.decided_by ?? 'System'}
          </AlertTitle>
          {run.decision_reason}
        </Alert>
      )}
    </Box>
  )
}

function RunFacts({ run }: { run: SyncRunDetail }) {
  return (
    <Facts
      facts={[
        ['Read', <TimeText key="read" at={run.created_at} />],
        [
          'Published',
          run.published_at === undefined ? undefined : <TimeText key="published" at={run.published_at} />,
        ],
        ['Uploaded by', run.uploaded_by],
        ['Source', linkTo('list-sources', run.source_id, 'View source')],
        ['Dry run', run.dry_run && 'Yes: compared only, it cannot be published'],
        ['Format', <code key="format">{run.format}</code>],
        ['Complete file', run.truncated ? 'No' : 'Yes'],
        ['Matching listings', run.diff.live.toLocaleString('en')],
        ['Rejected rows', commonestRejects(run)],
        [
          'SHA-256',
          <code key="sha" title={run.content_sha256}>
            {run.content_sha256.slice(0, 16)}…
          </code>,
        ],
      ]}
    />
  )
}
