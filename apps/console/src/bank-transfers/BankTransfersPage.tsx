import { bankTransferStates } from '@droplock/contracts/common/words'
import { Typography } from '@mui/material'
import { DataTable } from 'react-admin'
import type { BankTransfer } from '../api/types.ts'
import { bankTransferTones } from '../format/tones.ts'
import { AccountFilter, SearchFilter } from '../parts/Filters.tsx'
import { useToday } from '../parts/hooks.ts'
import { AppLink, recordLink } from '../parts/links.tsx'
import { Page } from '../parts/Page.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { StateTabs } from '../parts/StateTabs.tsx'
import { MoneyText, TimeText } from '../parts/texts.tsx'
import { TransferButtons } from './TransferButtons.tsx'

const Column = DataTable.Col<BankTransfer>

export function BankTransfersPage() {
  return (
    <Page
      title="Bank transfers"
      about="Money received at the bank. Record a transfer on the page of its account. Reversing one needs approval."
    >
      <RecordTable
        resource="bank-transfers"
        sort={{ field: 'recorded_at', order: 'DESC' }}
        controls={<Controls />}
        empty={{ title: 'No bank transfers yet', text: 'Record a transfer on the page of its account.' }}
      >
        <Column
          source="recorded_at"
          label="Recorded"
          render={({ recorded_at }) => <TimeText at={recorded_at} />}
        />
        <Column label="Account" render={(transfer) => <Account transfer={transfer} />} />
        <Column label="Reference" render={({ bank_reference }) => <code>{bank_reference}</code>} />
        <Column
          source="amount"
          label="Amount"
          align="right"
          render={({ amount }) => <MoneyText amount={amount} />}
        />
        <Column
          source="state"
          label="State"
          render={({ state }) => <StateChip state={state} tone={bankTransferTones[state]} />}
        />
        <Column label="People" render={(transfer) => <People transfer={transfer} />} />
        <Column label="" render={(transfer) => <TransferButtons transfer={transfer} />} />
      </RecordTable>
    </Page>
  )
}

function Controls() {
  const waiting = useToday().data?.waiting.proposed_reversals
  return (
    <>
      <StateTabs
        states={bankTransferStates}
        counts={waiting === undefined ? {} : { reversal_proposed: waiting }}
      />
      <SearchFilter label="Reference or account" />
      <AccountFilter />
    </>
  )
}

function Account({ transfer: { account_id, account_name, note } }: { transfer: BankTransfer }) {
  return (
    <>
      <AppLink to={recordLink('accounts', account_id)}>{account_name}</AppLink>
      <Typography variant="caption" color="textSecondary" component="div" sx={{ maxWidth: 260 }}>
        {note}
      </Typography>
    </>
  )
}

function People({ transfer }: { transfer: BankTransfer }) {
  const { recorded_by, reversal_proposed_by, reversal_decided_by, reversal_reason } = transfer
  return (
    <Typography color="textSecondary" component="div">
      <div>Recorded by {recorded_by.name}</div>
      {reversal_proposed_by === undefined ? null : (
        <div>
          Reversal proposed by {reversal_proposed_by.name}: “{reversal_reason}”
        </div>
      )}
      {reversal_decided_by === undefined ? null : <div>Reversal approved by {reversal_decided_by.name}</div>}
    </Typography>
  )
}
