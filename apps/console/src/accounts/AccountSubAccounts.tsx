import { DataTable } from 'react-admin'
import type { AccountDetail, AccountSubAccount } from '../api/types.ts'
import { Section } from '../parts/Page.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { MoneyText, TimeText } from '../parts/texts.tsx'

const Column = DataTable.Col<AccountSubAccount>

/** The parts of an account and how much each may spend. The customer sets them by the API. */
export function AccountSubAccounts({ account }: { account: AccountDetail }) {
  return (
    <Section title="Sub-accounts">
      <RecordTable
        inside
        resource={`accounts/${account.id}/sub-accounts`}
        empty={{
          title: 'No sub-accounts',
          text: 'The customer can divide the account by the API, each part with a monthly spend limit.',
        }}
      >
        <Column label="Label" render={({ label }) => <strong>{label}</strong>} />
        <Column
          label="Monthly limit"
          align="right"
          render={({ monthly_limit }) =>
            monthly_limit === undefined ? 'No limit' : <MoneyText amount={monthly_limit} />
          }
        />
        <Column label="Spent this month" align="right" render={({ spent }) => <MoneyText amount={spent} />} />
        <Column label="Month (UTC)" render={({ month }) => month} />
        <Column
          label="Created"
          render={({ created_at }) => <TimeText at={created_at} precision="minutes" />}
        />
      </RecordTable>
    </Section>
  )
}
