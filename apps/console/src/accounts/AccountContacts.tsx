import { DataTable } from 'react-admin'
import type { AccountContact, AccountDetail } from '../api/types.ts'
import { Section } from '../parts/Page.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { TimeText } from '../parts/texts.tsx'

const Column = DataTable.Col<AccountContact>

const tones = { created: 'success', pending: 'info', refused: 'error' } as const

/** The contacts to which names are registered, and where each is at registries. */
export function AccountContacts({ account }: { account: AccountDetail }) {
  return (
    <Section title="Contacts">
      <RecordTable
        inside
        resource={`accounts/${account.id}/contacts`}
        empty={{
          title: 'No contacts',
          text: 'Names are registered to our default contacts until the customer adds its own by the API.',
        }}
      >
        <Column
          label="Name"
          render={({ details: { name, organization } }) => (
            <>
              <strong>{name}</strong>
              <div>{organization}</div>
            </>
          )}
        />
        <Column label="Place" render={({ details: { city, country } }) => `${city}, ${country}`} />
        <Column label="Email" render={({ details: { email } }) => email} />
        <Column label="Default" render={({ is_default }) => (is_default ? 'Yes' : '–')} />
        <Column label="At registries" render={({ registries }) => <Registries registries={registries} />} />
        <Column
          label="Changed"
          render={({ updated_at }) => <TimeText at={updated_at} precision="minutes" />}
        />
      </RecordTable>
    </Section>
  )
}

function Registries({ registries }: Pick<AccountContact, 'registries'>) {
  if (registries.length === 0) return 'Not used yet'
  return registries.map(({ registry, state, message }) => (
    <div key={registry}>
      {registry} <StateChip state={state} tone={tones[state]} />
      {message === undefined ? null : ` ${message}`}
    </div>
  ))
}
