import { Alert, AlertTitle } from '@mui/material'
import { DataTable } from 'react-admin'
import type { ListSource, SyncRun } from '../api/types.ts'
import { countOrDash } from '../format/money.ts'
import { runTones } from '../format/tones.ts'
import { counted, words } from '../format/words.ts'
import { Facts } from '../parts/Facts.tsx'
import { AppLink, recordLink } from '../parts/links.tsx'
import { Page, Section } from '../parts/Page.tsx'
import { RecordPage } from '../parts/RecordPage.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { AgeText, TimeText } from '../parts/texts.tsx'
import { progressText } from '../syncs/progress.ts'
import { SourceButtons } from './SourceButtons.tsx'
import { roughly, SourceHealth } from './SourceHealth.tsx'
import { sourceFields } from './source-fields.ts'

/** One source: its health, its terms and what it has brought. */
export function SourcePage() {
  return (
    <RecordPage<ListSource> resource="list-sources" kind="List source">
      {(source) => (
        <Page
          title={source.address}
          beside={<SourceHealth source={source} />}
          about={`List source of ${source.registry_id}.`}
          actions={<SourceButtons source={source} />}
        >
          <Failure source={source} />
          <Section title="Health">
            <HealthFacts source={source} />
          </Section>
          <Section title="Terms">
            <Facts facts={sourceFields.slice(1).map(([label, text]) => [label, text(source)])} />
          </Section>
          <Runs source={source} />
        </Page>
      )}
    </RecordPage>
  )
}

function Failure({ source: { failures, failure, failure_code, good_at } }: { source: ListSource }) {
  if (failures === 0) return null
  return (
    <Alert severity="warning" sx={{ mb: 2 }}>
      <AlertTitle>
        {counted(failures, 'failed try', 'failed tries')}
        {good_at === undefined ? ', none has succeeded yet' : ' since the last success'}
      </AlertTitle>
      {failure_code === undefined ? null : `${words(failure_code)}: `}
      {failure}
      <div>The next try is made at the time below. Check the address and the credentials, or run it now.</div>
    </Alert>
  )
}

function HealthFacts({ source }: { source: ListSource }) {
  const { list_at, good_at, tried_at, next_try_at, late_seconds, created_at } = source
  return (
    <Facts
      facts={[
        [
          'Last new list',
          <span key="list">
            <AgeText since={list_at} /> ago
          </span>,
        ],
        ['Late by', late_seconds > 0 && roughly(late_seconds)],
        ['Last success', good_at === undefined ? 'Never' : <TimeText key="good" at={good_at} />],
        ['Last try', tried_at === undefined ? 'Never' : <TimeText key="tried" at={tried_at} />],
        ['Next try', next_try_at && <TimeText key="next" at={next_try_at} />],
        ['Added', <TimeText key="added" at={created_at} />],
      ]}
    />
  )
}

const Column = DataTable.Col<SyncRun>

function Runs({ source: { id } }: { source: ListSource }) {
  return (
    <Section title="Lists of this source">
      <RecordTable
        inside
        resource="sync-runs"
        perPage={10}
        sort={{ field: 'created_at', order: 'DESC' }}
        filter={{ source_id: id }}
        empty={{ title: 'No lists yet', text: 'Run the source now to fetch its first list.' }}
      >
        <Column
          source="created_at"
          label="Read"
          render={(run) => (
            <AppLink to={recordLink('sync-runs', run.id)}>
              <TimeText at={run.created_at} />
            </AppLink>
          )}
        />
        <Column
          source="state"
          label="State"
          render={(run) => <StateChip state={run.state} tone={runTones[run.state]} />}
        />
        <Column label="Kind" render={({ dry_run }) => (dry_run ? 'Dry run' : 'List')} />
        <Column label="Progress" render={(run) => progressText(run)} />
        <Column source="rows_read" label="Rows" align="right" render={(run) => countOrDash(run.rows_read)} />
        <Column label="Added" align="right" render={(run) => countOrDash(run.counts?.added)} />
        <Column label="Moved" align="right" render={(run) => countOrDash(run.counts?.moved)} />
        <Column label="Failure" render={({ failure }) => failure ?? '–'} />
      </RecordTable>
    </Section>
  )
}
