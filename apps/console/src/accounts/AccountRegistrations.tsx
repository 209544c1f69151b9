import { DataTable } from 'react-admin'
import type { AccountDetail, AccountRegistration } from '../api/types.ts'
import { registrationTones } from '../format/tones.ts'
import { counted, words } from '../format/words.ts'
import { SearchFilter } from '../parts/Filters.tsx'
import { AppLink, recordLink } from '../parts/links.tsx'
import { Section } from '../parts/Page.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { StateTabs } from '../parts/StateTabs.tsx'
import { MoneyText, NameText, TimeText } from '../parts/texts.tsx'

const Column = DataTable.Col<AccountRegistration>

/** The names that were caught for an account, and their renewals. */
export function AccountRegistrations({ account }: { account: AccountDetail }) {
  return (
    <Section title="Registrations">
      <RecordTable
        inside
        resource={`accounts/${account.id}/registrations`}
        controls={
          <>
            <StateTabs states={['registered', 'expired', 'ended']} />
            <SearchFilter label="Name begins with" />
          </>
        }
        empty={{ title: 'No registrations yet', text: 'Names that are caught for this account appear here.' }}
      >
        <Column
          label="Name"
          render={({ name, backorder_id }) => (
            <AppLink to={recordLink('backorders', backorder_id)}>
              <NameText name={name} />
            </AppLink>
          )}
        />
        <Column
          label="State"
          render={({ state }) => <StateChip state={state} tone={registrationTones[state]} />}
        />
        <Column
          label="Registered"
          render={({ created_at }) => <TimeText at={created_at} precision="minutes" />}
        />
        <Column label="Paid until" render={(row) => <PaidUntil row={row} />} />
        <Column label="Renewals" render={({ renewals }) => <Renewals renewals={renewals} />} />
      </RecordTable>
    </Section>
  )
}

function PaidUntil({
  row: { expires_at, renewable_until, ended_at, end_reason },
}: {
  row: AccountRegistration
}) {
  return (
    <>
      <TimeText at={expires_at} precision="minutes" />
      {ended_at === undefined && renewable_until !== undefined ? (
        <div>
          Renewable until <TimeText at={renewable_until} precision="minutes" />
        </div>
      ) : null}
      {end_reason === undefined ? null : <div>{words(end_reason)}</div>}
    </>
  )
}

function Renewals({ renewals }: Pick<AccountRegistration, 'renewals'>) {
  if (renewals.length === 0) return '–'
  return renewals.map(({ id, state, years, price }) => (
    <div key={id}>
      {words(state)}: {counted(years, 'year')}, <MoneyText amount={price} />
    </div>
  ))
}
