import { Button, Stack } from '@mui/material'
import { useState } from 'react'
import type { Account } from '../api/types.ts'
import { RecordTransferDialog } from '../bank-transfers/RecordTransferDialog.tsx'
import { InvoiceColumns } from '../invoices/InvoiceColumns.tsx'
import { Facts } from '../parts/Facts.tsx'
import { useMay } from '../parts/hooks.ts'
import { AppLink, listLink } from '../parts/links.tsx'
import { Page, Section, TwoColumns } from '../parts/Page.tsx'
import { RecordPage } from '../parts/RecordPage.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { BalanceText, MoneyText } from '../parts/texts.tsx'
import { AccountGoodwill } from './AccountGoodwill.tsx'
import { AccountLimits } from './AccountLimits.tsx'
import { AccountStatement } from './AccountStatement.tsx'

/** One account: its balances, the statement of a period, and its limits. */
export function AccountPage() {
  return (
    <RecordPage<Account> resource="accounts" kind="Account">
      {(account) => (
        <Page
          title={account.name}
          about={`Currency: ${account.currency}`}
          actions={<RecordTransfer account={account} />}
        >
          <TwoColumns
            main={
              <>
                <AccountStatement account={account} />
                <AccountInvoices id={account.id} />
                <AccountGoodwill account={account} />
              </>
            }
            beside={
              <>
                <AccountMoney account={account} />
                <AccountLimits account={account} />
                <Related account={account} />
              </>
            }
          />
        </Page>
      )}
    </RecordPage>
  )
}

function AccountInvoices({ id }: { id: string }) {
  return (
    <Section title="Invoices">
      <RecordTable
        inside
        resource="invoices"
        filter={{ account_id: id }}
        sort={{ field: 'issued_at', order: 'DESC' }}
        rowClick="show"
        empty={{
          title: 'No invoices yet',
          text: 'The customer requests an invoice after a successful backorder or renewal.',
        }}
      >
        <InvoiceColumns />
      </RecordTable>
    </Section>
  )
}

function RecordTransfer({ account }: { account: Account }) {
  const mayRecord = useMay('transfers:record')
  const [isOpen, setOpen] = useState(false)
  if (!mayRecord) return null
  return (
    <>
      <Button variant="outlined" onClick={() => setOpen(true)}>
        Record bank transfer
      </Button>
      {isOpen ? <RecordTransferDialog account={account} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function Related({ account: { id } }: { account: Account }) {
  const filter = { account_id: id }
  return (
    <Section title="Related">
      <Stack sx={{ px: 2, py: 1.25, gap: 0.5, alignItems: 'flex-start' }}>
        <AppLink to={listLink('backorders', filter)}>Backorders</AppLink>
        <AppLink to={listLink('payments', filter)}>Payments</AppLink>
        <AppLink to={listLink('refunds', filter)}>Refunds</AppLink>
        <AppLink to={listLink('invoices', filter)}>Invoices</AppLink>
        <AppLink to={listLink('bank-transfers', filter)}>Bank transfers</AppLink>
        <AppLink to={listLink('ledger', filter)}>Ledger</AppLink>
        <AppLink to={listLink('audit', { subject_type: 'account', subject_id: id })}>Audit</AppLink>
      </Stack>
    </Section>
  )
}

export function AccountMoney({
  account: { balance, credit_limit, available, escrow },
}: {
  account: Account
}) {
  return (
    <Section title="Balances">
      <Facts
        narrow
        facts={[
          ['Balance', <BalanceText key="balance" balance={balance} />],
          ['Credit limit', <MoneyText key="credit" amount={credit_limit} />],
          [
            'Available',
            <strong key="available">
              <MoneyText amount={available} />
            </strong>,
          ],
          ['In escrow', <MoneyText key="escrow" amount={escrow} />],
        ]}
      />
    </Section>
  )
}
