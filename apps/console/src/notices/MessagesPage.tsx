import { messageKinds } from '@droplock/rules/registry-messages'
import { Box } from '@mui/material'
import { DataTable, useRecordContext } from 'react-admin'
import type { RegistryMessage } from '../api/types.ts'
import { words } from '../format/words.ts'
import { Facts } from '../parts/Facts.tsx'
import { ChoiceFilter, RegistryFilter, SearchFilter } from '../parts/Filters.tsx'
import { Page } from '../parts/Page.tsx'
import { PageTabs } from '../parts/PageTabs.tsx'
import { PeriodFilter } from '../parts/Period.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { noticeTabs } from '../parts/tabs.ts'
import { TimeText } from '../parts/texts.tsx'

type Row = RegistryMessage & { readonly id: string }

const Column = DataTable.Col<Row>

/** What registries wrote into the message queues of our accounts. */
export function MessagesPage() {
  return (
    <Page title="Registry notices" about="Messages that registries put into the queues of our accounts.">
      <PageTabs label="Registry notices" tabs={noticeTabs} />
      <RecordTable
        resource="registry-messages"
        rowClick="expand"
        expand={<Message />}
        controls={
          <>
            <SearchFilter label="About" />
            <ChoiceFilter source="kind" label="Kind" choices={messageKinds} />
            <RegistryFilter />
            <PeriodFilter />
          </>
        }
        empty={{
          title: 'No messages yet',
          text: 'The catcher reads the queue of each account every few minutes.',
        }}
      >
        <Column label="Received" render={({ received_at }) => <TimeText at={received_at} />} />
        <Column label="Account" render={({ registry_account_id }) => registry_account_id} />
        <Column label="Kind" render={({ kind }) => words(kind)} />
        <Column
          label="About"
          cellSx={() => ({ overflowWrap: 'anywhere' })}
          render={({ about }) => about ?? '–'}
        />
        <Column label="Message" cellSx={() => ({ overflowWrap: 'anywhere' })} render={({ text }) => text} />
      </RecordTable>
    </Page>
  )
}

function Message() {
  const message = useRecordContext<Row>()
  if (message === undefined) return null
  const { message_id, queued_at, notice, evidence } = message
  return (
    <Box sx={{ py: 1 }}>
      <Facts
        facts={[
          ['Id', message_id],
          ['Queued', queued_at && <TimeText key="queued" at={queued_at} />],
          ...Object.entries(notice ?? {}).map(([name, value]): readonly [string, string] => [
            words(name),
            typeof value === 'string' ? value : JSON.stringify(value),
          ]),
        ]}
      />
      <Box
        component="pre"
        tabIndex={0}
        role="region"
        aria-label="Answer of the registry"
        sx={{
          mx: 2,
          p: 1.5,
          maxHeight: 260,
          overflow: 'auto',
          bgcolor: 'background.default',
          fontSize: 12,
          whiteSpace: 'pre-wrap',
        }}
      >
        {evidence}
      </Box>
    </Box>
  )
}
