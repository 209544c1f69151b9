import { accountStates } from '@droplock/rules/accounts'
import { DataTable } from 'react-admin'
import type { Account } from '../api/types.ts'
import { accountTones } from '../format/tones.ts'
import { ChoiceFilter, FlagFilter, SearchFilter } from '../parts/Filters.tsx'
import { RowLink } from '../parts/links.tsx'
import { Page } from '../parts/Page.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { BalanceText, MoneyText, TimeText } from '../parts/texts.tsx'
import { OpenAccountButton } from './OpenAccountButton.tsx'

const Column = DataTable.Col<Account>

export function AccountsPage() {
  return (
    <Page
      title="Accounts"
      about="Resellers and their balances. The currency of an account cannot be changed."
      actions={<OpenAccountButton />}
    >
      <RecordTable
        resource="accounts"
        sort={{ field: 'name', order: 'ASC' }}
        rowClick="show"
        controls={
          <>
            <SearchFilter label="Name" />
            <ChoiceFilter source="state" label="State" choices={accountStates} />
            <FlagFilter source="owing" label="Owes money" />
          </>
        }
        empty={{ title: 'No accounts yet', text: 'An administrator opens an account for each reseller.' }}
      >
        <Column
          source="name"
          label="Name"
          render={({ name }) => (
            <RowLink>
              <strong>{name}</strong>
            </RowLink>
          )}
        />
        <Column
          label="State"
          render={({ state }) => <StateChip state={state} tone={accountTones[state]} />}
        />
        <Column
          source="balance"
          label="Balance"
          align="right"
          render={({ balance }) => <BalanceText balance={balance} />}
        />
        <Column
          label="Credit limit"
          align="right"
          render={({ credit_limit }) =>
            credit_limit.amount_minor === 0 ? '–' : <MoneyText amount={credit_limit} />
          }
        />
        <Column
          label="Available"
          align="right"
          render={({ available }) => <MoneyText amount={available} />}
        />
        <Column label="In escrow" align="right" render={({ escrow }) => <MoneyText amount={escrow} />} />
        <Column
          label="Unpaid holds"
          align="right"
          render={(account) => `${account.open_holds} of ${holdLimitOf(account)}`}
        />
        <Column
          source="created_at"
          label="Opened"
          render={({ created_at }) => <TimeText at={created_at} precision="minutes" />}
        />
      </RecordTable>
    </Page>
  )
}

/** The limit that applies now. */
export function holdLimitOf({ has_paid, open_holds_max, open_holds_max_before_paid }: Account): number {
  return has_paid ? open_holds_max : open_holds_max_before_paid
}
