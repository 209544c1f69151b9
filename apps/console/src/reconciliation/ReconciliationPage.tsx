import { findingKinds, findingSides } from '@droplock/rules/reconciliation/finding'
import { Typography } from '@mui/material'
import { DataTable } from 'react-admin'
import type { Money, ReconciliationItem } from '../api/types.ts'
import { words } from '../format/words.ts'
import { Files } from '../parts/Files.tsx'
import { ChoiceFilter } from '../parts/Filters.tsx'
import { Page } from '../parts/Page.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { AgeText, MoneyText, TimeText } from '../parts/texts.tsx'
import { CloseItemButton } from './CloseItemButton.tsx'
import { LastRun } from './LastRun.tsx'

const Column = DataTable.Col<ReconciliationItem>

/** Where our books and those of the provider and the registries differ, the oldest first. */
export function ReconciliationPage() {
  return (
    <Page
      title="Reconciliation"
      about="What does not agree between our books and those of the payment provider and the registries, the oldest first. Compared once a day."
    >
      <LastRun />
      <RecordTable
        resource="reconciliation/items"
        sort={{ field: 'first_seen_at', order: 'ASC' }}
        filterAtFirst={{ open: 'true' }}
        controls={
          <>
            <ChoiceFilter source="open" label="State" choices={['true', 'false']} nameOf={stateName} />
            <ChoiceFilter source="side" label="Side" choices={findingSides} />
            <ChoiceFilter source="kind" label="Kind" choices={findingKinds} />
          </>
        }
        empty={{ title: 'Nothing was ever found', text: 'What a run finds comes here.' }}
        emptyAtFirst={{ title: 'Nothing is open', text: 'What a run finds that does not agree comes here.' }}
      >
        <Column source="first_seen_at" label="Open for" render={(item) => <Age item={item} />} />
        <Column label="Side" render={(item) => <Side item={item} />} />
        <Column label="What" render={(item) => <What item={item} />} />
        <Column label="Ours" align="right" render={({ ours }) => <Amount amount={ours} />} />
        <Column label="Theirs" align="right" render={({ theirs }) => <Amount amount={theirs} />} />
        <Column label="" render={(item) => <Outcome item={item} />} />
      </RecordTable>
      <Files names={['ledger', 'refunds', 'invoices']} />
    </Page>
  )
}

function stateName(open: string): string {
  return open === 'true' ? 'Open' : 'Closed'
}

function Age({ item: { first_seen_at, closed_at } }: { item: ReconciliationItem }) {
  if (closed_at !== undefined) return <TimeText at={closed_at} precision="minutes" />
  return (
    <strong>
      <AgeText since={first_seen_at} />
    </strong>
  )
}

function Side({ item: { side, source } }: { item: ReconciliationItem }) {
  return (
    <>
      {words(side)}
      <Typography variant="caption" color="textSecondary" component="div">
        {source}
      </Typography>
    </>
  )
}

function What({ item: { kind, detail, our_type, our_id, their_ids } }: { item: ReconciliationItem }) {
  const ids = [our_id, ...their_ids].filter((id) => id !== undefined)
  return (
    <>
      <span style={{ fontWeight: 550 }}>
        {words(kind)}
        {our_type === undefined ? '' : ` · ${our_type.replaceAll('_', ' ')}`}
      </span>
      <Typography color="textSecondary" component="div" sx={{ overflowWrap: 'anywhere' }}>
        {detail}
      </Typography>
      <Typography variant="caption" color="textSecondary" component="div" sx={{ overflowWrap: 'anywhere' }}>
        <code>{ids.join(' ')}</code>
      </Typography>
    </>
  )
}

function Amount({ amount }: { amount: Money | undefined }) {
  return amount === undefined ? '–' : <MoneyText amount={amount} />
}

function Outcome({ item }: { item: ReconciliationItem }) {
  if (item.closed_at === undefined) return <CloseItemButton item={item} />
  return (
    <Typography color="textSecondary">
      {item.closed_by?.name ?? 'a later run'}: {item.note}
    </Typography>
  )
}
