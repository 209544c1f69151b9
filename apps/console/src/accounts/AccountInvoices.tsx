import { Typography } from '@mui/material'
import { DataTable } from 'react-admin'
import type { Account, AccountInvoice } from '../api/types.ts'
import { words } from '../format/words.ts'
import { MoneyText } from '../parts/MoneyText.tsx'
import { NameText } from '../parts/NameText.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { Section } from '../parts/Section.tsx'
import { TimeText } from '../parts/TimeText.tsx'

const Column = DataTable.Col<AccountInvoice>

/** What was invoiced to the account, and what credit notes took back. */
export function AccountInvoices({ account: { id } }: { account: Account }) {
  return (
    <Section title="Invoices">
      <RecordTable
        inside
        resource={`accounts/${id}/invoices`}
        empty={{ title: 'None', text: 'The customer asks for them after a success.' }}
      >
        <Column label="Issued" render={({ issued_at }) => <TimeText at={issued_at} />} />
        <Column label="Number" render={(invoice) => <Number invoice={invoice} />} />
        <Column label="For" render={({ name }) => <NameText name={name} />} />
        <Column label="Tax" align="right" render={({ tax }) => <MoneyText amount={tax} />} />
        <Column label="Total" align="right" render={({ gross }) => <MoneyText amount={gross} />} />
      </RecordTable>
    </Section>
  )
}

function Number({ invoice: { number, kind, credits_number } }: { invoice: AccountInvoice }) {
  return (
    <>
      <code>{number}</code>
      <Typography variant="caption" color="textSecondary" component="div">
        {words(kind)}
        {credits_number === undefined ? '' : ` of ${credits_number}`}
      </Typography>
    </>
  )
}
