import { findingKinds, findingSides } from '@droplock/rules/reconciliation/finding'
import { Typography } from '@mui/material'
import { DataTable } from 'react-admin'
import type { Money, ReconciliationItem } from '../api/types.ts'
import { capitalised, words } from '../format/words.ts'
import { Exports } from '../parts/Exports.tsx'
import { ChoiceFilter } from '../parts/Filters.tsx'
import { Page } from '../parts/Page.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { MoneyText, Since, TimeText } from '../parts/texts.tsx'
import { CloseItemButton, mismatchTexts } from './CloseItemButton.tsx'
import { LastRun } from './LastRun.tsx'
import { ProviderBalances } from './ProviderBalances.tsx'
import { StartButton } from './StartButton.tsx'

const Column = DataTable.Col<ReconciliationItem>

/** Mismatches between our books and those of the provider and the registries, the oldest first. */
export function ReconciliationPage() {
  return (
    <Page
      title="Reconciliation"
      actions={<StartButton />}
      about="Mismatches between our books and those of the payment provider and the registries, the oldest first. Compared once a day."
    >
      <LastRun />
      <ProviderBalances />
      <RecordTable
        resource="reconciliation/items"
        sort={{ field: 'first_seen_at', order: 'ASC' }}
        filterAtFirst={{ open: 'true' }}
        controls={
          <>
            <ChoiceFilter source="open" label="State" choices={['true', 'false']} nameOf={stateName} />
            <ChoiceFilter source="side" label="Source" choices={findingSides} />
            <ChoiceFilter
              source="kind"
              label="Kind"
              choices={findingKinds}
              nameOf={(kind) => mismatchTexts[kind]}
              width={200}
            />
          </>
        }
        empty={{ title: 'No mismatches yet', text: 'Mismatches appear here.' }}
        emptyAtFirst={{ title: 'No open mismatches', text: 'Mismatches appear here.' }}
      >
        <Column
          source="first_seen_at"
          label="Found"
          render={({ first_seen_at, closed_at }) => (
            <Since at={first_seen_at} isOpen={closed_at === undefined} />
          )}
        />
        <Column label="Source" render={(item) => <Side item={item} />} />
        <Column label="Mismatch" render={(item) => <What item={item} />} />
        <Column label="Ours" align="right" render={({ ours }) => <Amount amount={ours} />} />
        <Column label="Theirs" align="right" render={({ theirs }) => <Amount amount={theirs} />} />
        <Column label="" render={(item) => <Outcome item={item} />} />
      </RecordTable>
      <Exports names={['ledger', 'refunds', 'invoices']} />
    </Page>
  )
}

function stateName(open: string): string {
  return open === 'true' ? 'Open' : 'Closed'
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
        {mismatchTexts[kind]}
        {our_type === undefined ? '' : ` · ${our_type.replaceAll('_', ' ')}`}
      </span>
      <Typography color="textSecondary" component="div" sx={{ overflowWrap: 'anywhere' }}>
        {capitalised(detail)}
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
    <>
      <TimeText at={item.closed_at} precision="minutes" />
      <Typography color="textSecondary">
        {item.closed_by?.name ?? 'Later run'}: {item.note}
      </Typography>
    </>
  )
}
