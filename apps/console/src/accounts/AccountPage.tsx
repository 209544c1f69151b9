import { Button, Stack } from '@mui/material'
import { useState } from 'react'
import type { Account, AccountDetail } from '../api/types.ts'
import { RecordTransferDialog } from '../bank-transfers/RecordTransferDialog.tsx'
import { accountTones } from '../format/tones.ts'
import { InvoiceColumns } from '../invoices/InvoiceColumns.tsx'
import { Facts } from '../parts/Facts.tsx'
import { useMay } from '../parts/hooks.ts'
import { AppLink, listLink } from '../parts/links.tsx'
import { Page, Section, TwoColumns } from '../parts/Page.tsx'
import { RecordPage } from '../parts/RecordPage.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { type RecordTab, RecordTabs } from '../parts/RecordTabs.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { BalanceText, MoneyText, TimeText } from '../parts/texts.tsx'
import { AccountButtons } from './AccountButtons.tsx'
import { AccountContacts } from './AccountContacts.tsx'
import { AccountKeys } from './AccountKeys.tsx'
import { AccountLimits } from './AccountLimits.tsx'
import { AccountRegistrations } from './AccountRegistrations.tsx'
import { AccountStatement } from './AccountStatement.tsx'
import { AccountSubAccounts } from './AccountSubAccounts.tsx'
import { AccountWebhooks } from './AccountWebhooks.tsx'

/** One account: its money and limits, and what else belongs to it, as tabs. */
export function AccountPage() {
  return (
    <RecordPage<AccountDetail> resource="accounts" kind="Account">
      {(account) => (
        <Page
          title={account.name}
          beside={<StateChip state={account.state} tone={accountTones[account.state]} />}
          about={`Currency: ${account.currency}`}
          actions={
            <>
              <AccountButtons account={account} />
              <RecordTransfer account={account} />
            </>
          }
        >
          <AccountTabs account={account} />
        </Page>
      )}
    </RecordPage>
  )
}

function AccountTabs({ account }: { account: AccountDetail }) {
  const maySeeKeys = useMay('keys:revoke')
  const keys: readonly RecordTab[] = maySeeKeys
    ? [{ key: 'keys', label: 'API keys', content: () => <AccountKeys account={account} /> }]
    : []
  return (
    <RecordTabs
      label="Account"
      tabs={[
        { key: 'money', label: 'Money', content: () => <AccountOverview account={account} /> },
        ...keys,
        { key: 'webhooks', label: 'Webhooks', content: () => <AccountWebhooks account={account} /> },
        {
          key: 'registrations',
          label: 'Registrations',
          content: () => <AccountRegistrations account={account} />,
        },
        {
          key: 'sub-accounts',
          label: 'Sub-accounts',
          content: () => <AccountSubAccounts account={account} />,
        },
        { key: 'contacts', label: 'Contacts', content: () => <AccountContacts account={account} /> },
      ]}
    />
  )
}

function AccountOverview({ account }: { account: AccountDetail }) {
  return (
    <TwoColumns
      main={
        <>
          <AccountStatement account={account} />
          <AccountInvoices id={account.id} />
        </>
      }
      beside={
        <>
          <AccountMoney account={account} />
          <AccountLimits account={account} />
          <AboutAccount account={account} />
          <Related account={account} />
        </>
      }
    />
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
  if (!mayRecord || account.state === 'closed') return null
  return (
    <>
      <Button variant="outlined" onClick={() => setOpen(true)}>
        Record bank transfer
      </Button>
      {isOpen ? <RecordTransferDialog account={account} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

/** When it was opened, suspended and closed, and whom its invoices name. */
function AboutAccount({ account }: { account: AccountDetail }) {
  const { billing, created_at, disabled_at, closed_at, closed_by } = account
  return (
    <Section title="Account">
      <Facts
        narrow
        facts={[
          ['Opened', <TimeText key="opened" at={created_at} precision="minutes" />],
          ['Suspended', disabled_at && <TimeText at={disabled_at} precision="minutes" />],
          ['Closed', closed_at && <TimeText at={closed_at} precision="minutes" />],
          ['Closed by', closed_by],
          ['Invoices name', billing?.legal_name ?? 'Nobody: no billing profile is set'],
          ['Address', billing && `${billing.address.replaceAll('\n', ', ')}, ${billing.country}`],
          ['Tax ID', billing?.tax_id],
          ['Billing email', billing?.email],
        ]}
      />
    </Section>
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
