import { syncRunStates } from '@droplock/contracts/common/words'
import { DataTable } from 'react-admin'
import type { SyncRun } from '../api/types.ts'
import { countOrDash } from '../format/money.ts'
import { runTones } from '../format/tones.ts'
import { FlagFilter, RegistryFilter, SearchFilter } from '../parts/Filters.tsx'
import { useMay, useToday } from '../parts/hooks.ts'
import { RowLink } from '../parts/links.tsx'
import { Page } from '../parts/Page.tsx'
import { PageTabs } from '../parts/PageTabs.tsx'
import { PeriodFilter } from '../parts/Period.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { StateTabs } from '../parts/StateTabs.tsx'
import { syncTabs } from '../parts/tabs.ts'
import { TimeText } from '../parts/texts.tsx'
import { UploadButton } from './UploadDialog.tsx'

const Column = DataTable.Col<SyncRun>

export function SyncsPage() {
  return (
    <Page
      title="Syncs"
      about="Drop lists that were read, and what each one changed."
      actions={useMay('syncs:upload') ? <UploadButton /> : null}
    >
      <PageTabs label="Syncs" tabs={syncTabs} />
      <RecordTable
        resource="sync-runs"
        sort={{ field: 'created_at', order: 'DESC' }}
        rowClick="show"
        controls={<Controls />}
        empty={{
          title: 'No lists yet',
          text: 'The worker fetches lists automatically. Operators can also upload one.',
        }}
      >
        <Column source="created_at" label="Read" render={(run) => <TimeText at={run.created_at} />} />
        <Column
          source="source"
          label="List"
          cellSx={() => ({ overflowWrap: 'anywhere' })}
          render={({ source }) => <RowLink>{source}</RowLink>}
        />
        <Column source="registry_id" label="Registry" disableSort />
        <Column
          source="state"
          label="State"
          render={(run) => <StateChip state={run.state} tone={runTones[run.state]} />}
        />
        <Column source="rows_read" label="Rows" align="right" render={(run) => countOrDash(run.rows_read)} />
        <Column label="Rejected" align="right" render={(run) => countOrDash(run.rows_rejected)} />
        <Column label="Added" align="right" render={(run) => countOrDash(run.counts?.added)} />
        <Column label="Moved" align="right" render={(run) => countOrDash(run.counts?.moved)} />
        <Column label="Suspect" align="right" render={(run) => countOrDash(run.counts?.suspected)} />
        <Column label="Too late" align="right" render={(run) => countOrDash(run.counts?.too_late)} />
        <Column label="Uploaded by" render={(run) => run.uploaded_by ?? '–'} />
      </RecordTable>
    </Page>
  )
}

function Controls() {
  const waiting = useToday().data?.waiting.quarantined_runs
  return (
    <>
      <StateTabs states={syncRunStates} counts={waiting === undefined ? {} : { quarantined: waiting }} />
      <SearchFilter label="List" />
      <RegistryFilter />
      <FlagFilter source="dry_run" label="Dry run" />
      <PeriodFilter />
    </>
  )
}
