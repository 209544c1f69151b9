import { runSteps } from '@droplock/rules/reconciliation/run-steps'
import { LinearProgress } from '@mui/material'
import type { ReconciliationRun } from '../api/types.ts'
import { countText } from '../format/money.ts'
import { counted, words } from '../format/words.ts'
import { Facts } from '../parts/Facts.tsx'
import { Nothing, Section } from '../parts/Page.tsx'
import { ProblemAlert } from '../parts/ProblemAlert.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { TimeText, WindowText } from '../parts/texts.tsx'
import { useLastRuns } from './last-run.ts'

/** The last comparison of the books, and its result; while it runs, how far it is. */
export function LastRun() {
  const { data, error, refetch } = useLastRuns()
  if (error !== null) return <ProblemAlert error={error} onRetry={() => void refetch()} />
  const run = data?.items[0]
  return (
    <Section title="Last run" beside={run === undefined ? undefined : <Result run={run} />}>
      {run === undefined ? (
        <Nothing title={data === undefined ? 'Loading…' : 'No run yet'} />
      ) : (
        <>
          <Progress run={run} />
          <RunFacts run={run} />
        </>
      )}
    </Section>
  )
}

const stepTexts = {
  movements: 'Reading the provider’s movements',
  payouts: 'Reading the provider’s payouts',
  matching: 'Comparing with our books',
  reports: 'Reading the registries’ reports',
  books: 'Proving the ledger',
} as const satisfies Record<(typeof runSteps)[number], string>

/** The steps are not equally long: the bar says which it is. */
function Progress({ run: { finished_at, step } }: { run: ReconciliationRun }) {
  if (finished_at !== undefined) return null
  const text = step === undefined ? 'Starting' : stepTexts[step]
  const done = step === undefined ? 0 : runSteps.indexOf(step)
  return (
    <LinearProgress
      variant="determinate"
      value={(100 * done) / runSteps.length}
      aria-label="Progress"
      aria-valuetext={text}
    />
  )
}

function Result({ run: { failure, finished_at, unmatched } }: { run: ReconciliationRun }) {
  if (failure !== undefined) return <StateChip state="failed" tone="error" />
  if (finished_at === undefined) return <StateChip state="running" tone="info" />
  return unmatched === 0 ? (
    <StateChip state="no_mismatches" tone="success" />
  ) : (
    <StateChip state={counted(unmatched, 'mismatch', 'mismatches')} tone="warning" />
  )
}

function RunFacts({ run }: { run: ReconciliationRun }) {
  const { provider, provider_from, provider_to, failure, step, finished_at } = run
  const now = finished_at === undefined && (step === undefined ? 'Starting' : stepTexts[step])
  return (
    <Facts
      facts={[
        ['Now', now],
        ['Started', <TimeText key="started" at={run.started_at} />],
        ['Trigger', words(run.cause)],
        ['Provider', provider],
        [
          'Period',
          provider_from !== undefined && provider_to !== undefined && (
            <WindowText key="range" from={provider_from} to={provider_to} precision="minutes" />
          ),
        ],
        ['Provider movements', countText(run.movements)],
        ['Registry entries', countText(run.entries)],
        ['Mismatches found', countText(run.findings)],
        ['Failure', failure],
      ]}
    />
  )
}
