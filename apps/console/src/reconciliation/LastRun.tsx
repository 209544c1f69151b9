import { useQuery } from '@tanstack/react-query'
import { useDataProvider } from 'react-admin'
import type { ConsoleDataProvider } from '../api/data-provider.ts'
import type { ReconciliationRun } from '../api/types.ts'
import { countText } from '../format/money.ts'
import { counted, words } from '../format/words.ts'
import { Facts } from '../parts/Facts.tsx'
import { Nothing, Section } from '../parts/Page.tsx'
import { ProblemAlert } from '../parts/ProblemAlert.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { TimeText, WindowText } from '../parts/texts.tsx'

type Runs = { readonly items: readonly ReconciliationRun[] }

/** The last comparison of the books, and its result. */
export function LastRun() {
  const api = useDataProvider<ConsoleDataProvider>()
  const { data, error, refetch } = useQuery<Runs>({
    queryKey: ['reconciliation', 'last-run'],
    queryFn: () => api.get<Runs>('reconciliation/runs?per_page=1'),
    retry: false,
  })
  if (error !== null) return <ProblemAlert error={error} onRetry={() => void refetch()} />
  const run = data?.items[0]
  return (
    <Section title="Last run" beside={run === undefined ? undefined : <Result run={run} />}>
      {run === undefined ? (
        <Nothing title={data === undefined ? 'Loading…' : 'No run yet'} />
      ) : (
        <RunFacts run={run} />
      )}
    </Section>
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
  const { provider, provider_from, provider_to, failure } = run
  return (
    <Facts
      facts={[
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
