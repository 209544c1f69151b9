import { payoutStates } from '@droplock/rules/ports/payments'
import { Typography } from '@mui/material'
import { DataTable } from 'react-admin'
import type { Payout } from '../api/types.ts'
import { payoutTones } from '../format/tones.ts'
import { ChoiceFilter, SearchFilter } from '../parts/Filters.tsx'
import { RowLink } from '../parts/links.tsx'
import { Page } from '../parts/Page.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { StateTabs } from '../parts/StateTabs.tsx'
import { MoneyText, TimeText } from '../parts/texts.tsx'
import { ProviderBalances } from '../reconciliation/ProviderBalances.tsx'
import { PayoutButtons } from './PayoutButtons.tsx'

const Column = DataTable.Col<Payout>

/** What the payment provider pays to our bank account. */
export function PayoutsPage() {
  return (
    <Page
      title="Payouts"
      about="What the payment provider pays to our bank account, as read by each reconciliation. Match each to its line of the bank statement."
    >
      <ProviderBalances />
      <RecordTable
        resource="payouts"
        sort={{ field: 'made_at', order: 'DESC' }}
        rowClick="show"
        controls={
          <>
            <StateTabs states={payoutStates} />
            <ChoiceFilter
              source="matched"
              label="Bank statement"
              choices={['true', 'false']}
              nameOf={(matched) => (matched === 'true' ? 'Matched' : 'Not matched')}
            />
            <SearchFilter label="Provider ID or reference" />
          </>
        }
        empty={{
          title: 'No payouts yet',
          text: 'Payouts appear here with the reconciliation that reads them.',
        }}
      >
        <Column
          source="made_at"
          label="Made"
          render={({ made_at }) => (
            <RowLink>
              <TimeText at={made_at} precision="minutes" />
            </RowLink>
          )}
        />
        <Column label="State" render={({ state }) => <StateChip state={state} tone={payoutTones[state]} />} />
        <Column
          source="arrives_at"
          label="At the bank"
          render={({ arrives_at }) => arrives_at.slice(0, 10)}
        />
        <Column label="Provider" render={(payout) => <Provider payout={payout} />} />
        <Column
          source="amount"
          label="Amount"
          align="right"
          render={({ amount }) => <MoneyText amount={amount} />}
        />
        <Column label="Bank statement" render={(payout) => <BankLine payout={payout} />} />
        <Column
          label=""
          render={(payout) => (
            <div onClick={(event) => event.stopPropagation()}>
              <PayoutButtons payout={payout} />
            </div>
          )}
        />
      </RecordTable>
    </Page>
  )
}

function Provider({ payout: { provider, provider_payout_id } }: { payout: Payout }) {
  return (
    <>
      {provider}
      <Typography variant="caption" color="textSecondary" component="div" sx={{ overflowWrap: 'anywhere' }}>
        <code>{provider_payout_id}</code>
      </Typography>
    </>
  )
}

function BankLine({ payout: { bank_reference, bank_date } }: { payout: Payout }) {
  if (bank_reference === undefined) return <StateChip state="not_matched" tone="warning" />
  return (
    <>
      <code>{bank_reference}</code>
      <Typography variant="caption" color="textSecondary" component="div">
        {bank_date}
      </Typography>
    </>
  )
}
