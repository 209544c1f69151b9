import { Typography } from '@mui/material'
import { DataTable } from 'react-admin'
import type { LedgerMove } from '../api/types.ts'
import { words } from '../format/words.ts'
import { AppLink, listLink, recordLink } from '../parts/links.tsx'
import { Page } from '../parts/Page.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { MoneyText, NameText, TimeText } from '../parts/texts.tsx'
import { LedgerFilters } from './LedgerFilters.tsx'

const Column = DataTable.Col<LedgerMove>

/** Every move of money, across accounts. */
export function LedgerPage() {
  return (
    <Page
      title="Ledger"
      about="Every move of money, newest first. Choose a ledger account and a currency to see its balance after each move."
    >
      <RecordTable
        resource="ledger"
        controls={<LedgerFilters />}
        empty={{ title: 'No moves yet', text: 'The ledger begins with the first payment.' }}
      >
        <Column label="Time" render={({ posted_at }) => <TimeText at={posted_at} />} />
        <Column label="Kind" render={(move) => <Cause move={move} />} />
        <Column label="Reseller" render={(move) => <Reseller move={move} />} />
        <Column label="Order" render={(move) => <Order move={move} />} />
        <Column label="From" render={({ from }) => words(from)} />
        <Column label="To" render={({ to }) => words(to)} />
        <Column label="Amount" align="right" render={({ amount }) => <MoneyText amount={amount} />} />
        <Column
          label="Balance"
          align="right"
          render={({ balance }) => (balance === undefined ? '–' : <MoneyText amount={balance} />)}
        />
      </RecordTable>
    </Page>
  )
}

function Cause({ move }: { move: LedgerMove }) {
  const to = causeLink(move)
  return to === undefined ? words(move.cause) : <AppLink to={to}>{words(move.cause)}</AppLink>
}

/** The page of what moved the money. */
function causeLink(move: LedgerMove): string | undefined {
  const { cause, cause_id, payment_id, backorder_id, bank_transfer_id, account_id } = move
  if (cause.startsWith('refund')) return recordLink('refunds', cause_id)
  if (bank_transfer_id !== undefined) return listLink('bank-transfers')
  if (payment_id !== undefined) return recordLink('payments', payment_id)
  if (backorder_id !== undefined) return recordLink('backorders', backorder_id)
  return account_id === undefined ? undefined : recordLink('accounts', account_id)
}

function Reseller({ move: { account_id, account_name } }: { move: LedgerMove }) {
  if (account_id === undefined) return '–'
  return <AppLink to={recordLink('accounts', account_id)}>{account_name ?? account_id}</AppLink>
}

function Order({ move: { name, backorder_id } }: { move: LedgerMove }) {
  if (name === undefined)
    return (
      <Typography component="span" color="textSecondary">
        –
      </Typography>
    )
  if (backorder_id === undefined) return <NameText name={name} />
  return (
    <AppLink to={recordLink('backorders', backorder_id)}>
      <NameText name={name} />
    </AppLink>
  )
}
