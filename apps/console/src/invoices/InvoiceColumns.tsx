import { Typography } from '@mui/material'
import type { ReactNode } from 'react'
import { DataTable } from 'react-admin'
import type { Invoice } from '../api/types.ts'
import { moneyText } from '../format/money.ts'
import { words } from '../format/words.ts'
import { RowLink } from '../parts/links.tsx'
import { MoneyText, NameText, TimeText } from '../parts/texts.tsx'
import { OpenInvoice } from './OpenInvoice.tsx'

const Column = DataTable.Col<Invoice>

/** The columns of every list of invoices. */
export function InvoiceColumns() {
  return (
    <>
      <Column source="issued_at" label="Issued" render={({ issued_at }) => <TimeText at={issued_at} />} />
      <Column source="number" label="Number" render={(invoice) => <Number invoice={invoice} />} />
      <Column label="Name" render={(invoice) => <Subject invoice={invoice} />} />
      <Column label="Tax" align="right" render={({ tax }) => <MoneyText amount={tax} />} />
      <Column label="Total" align="right" render={(invoice) => <Total invoice={invoice} />} />
      <Column label="" render={(invoice) => <OpenInvoice invoice={invoice} />} />
    </>
  )
}

function Number({ invoice: { number, kind, credits_number } }: { invoice: Invoice }) {
  return (
    <>
      <RowLink>
        <code>{number}</code>
      </RowLink>
      <Small>
        {words(kind)}
        {credits_number === undefined ? '' : ` for ${credits_number}`}
      </Small>
    </>
  )
}

function Subject({ invoice: { name, service, account_name } }: { invoice: Invoice }) {
  return (
    <>
      <NameText name={name} />
      <Small>
        {words(service)} · {account_name}
      </Small>
    </>
  )
}

function Total({ invoice: { kind, gross, credited } }: { invoice: Invoice }) {
  return (
    <>
      {kind === 'credit_note' ? '−' : ''}
      <MoneyText amount={gross} />
      {credited.amount_minor === 0 ? null : <Small>{moneyText(credited)} credited</Small>}
    </>
  )
}

function Small({ children }: { children: ReactNode }) {
  return (
    <Typography variant="caption" color="textSecondary" component="div">
      {children}
    </Typography>
  )
}
