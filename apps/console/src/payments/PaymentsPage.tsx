import { paymentMethods, paymentStates } from '@droplock/contracts/common/words'
import { Typography } from '@mui/material'
import { DataTable } from 'react-admin'
import type { Payment } from '../api/types.ts'
import { paymentTones } from '../format/tones.ts'
import { words } from '../format/words.ts'
import { AccountFilter, ChoiceFilter, SearchFilter } from '../parts/Filters.tsx'
import { RowLink } from '../parts/links.tsx'
import { Page } from '../parts/Page.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { MoneyText, NameText, PartText, TimeText } from '../parts/texts.tsx'

const Column = DataTable.Col<Payment>

export function PaymentsPage() {
  return (
    <Page
      title="Payments"
      about="Payments from account balances and by card. Search by domain name, payment ID or provider ID."
    >
      <RecordTable
        resource="payments"
        sort={{ field: 'created_at', order: 'DESC' }}
        rowClick="show"
        controls={<Controls />}
        empty={{
          title: 'No payments yet',
          text: 'The first payment appears with the first order or top-up.',
        }}
      >
        <Column
          source="created_at"
          label="Created"
          render={({ created_at }) => (
            <RowLink>
              <TimeText at={created_at} />
            </RowLink>
          )}
        />
        <Column label="For" render={(payment) => <Purpose payment={payment} />} />
        <Column
          label="State"
          render={({ state }) => <StateChip state={state} tone={paymentTones[state]} />}
        />
        <Column label="Paid by" render={(payment) => <Method payment={payment} />} />
        <Column label="Amount" align="right" render={({ amount }) => <MoneyText amount={amount} />} />
        <Column
          label="Refunded"
          align="right"
          render={({ refunded, captured }) => <PartText part={refunded} whole={captured} />}
        />
        <Column
          label="Remaining"
          align="right"
          render={({ remaining }) => <MoneyText amount={remaining} />}
        />
      </RecordTable>
    </Page>
  )
}

function Controls() {
  return (
    <>
      <SearchFilter label="Name or ID" />
      <ChoiceFilter source="state" label="State" choices={paymentStates} />
      <ChoiceFilter source="method" label="Paid by" choices={paymentMethods} />
      <AccountFilter />
    </>
  )
}

function Purpose({ payment: { name, purpose, account_name } }: { payment: Payment }) {
  return (
    <>
      {name === undefined ? words(purpose) : <NameText name={name} />}
      <Typography variant="caption" color="textSecondary" component="div">
        {account_name}
      </Typography>
    </>
  )
}

function Method({ payment: { method, provider_id } }: { payment: Payment }) {
  return (
    <>
      {words(method)}
      {provider_id === undefined ? null : (
        <Typography
          variant="caption"
          color="textSecondary"
          component="div"
          title={provider_id}
          sx={{ maxWidth: 170, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}
        >
          <code>{provider_id}</code>
        </Typography>
      )}
    </>
  )
}
