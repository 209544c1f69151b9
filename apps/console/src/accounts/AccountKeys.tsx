import { scopes } from '@droplock/rules/accounts'
import { Button } from '@mui/material'
import { useState } from 'react'
import { DataTable } from 'react-admin'
import type { AccountApiKey, AccountDetail } from '../api/types.ts'
import { FormDialog, type Reasoned, ReasonInput } from '../parts/Form.tsx'
import { useAction, useMay } from '../parts/hooks.ts'
import { Section } from '../parts/Page.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { TimeText } from '../parts/texts.tsx'
import { IssueKeyButton } from './IssueKeyButton.tsx'

const Column = DataTable.Col<AccountApiKey>

/** The API keys of an account: what each may do, from where and until when. */
export function AccountKeys({ account }: { account: AccountDetail }) {
  return (
    <Section title="API keys" beside={<IssueKeyButton account={account} />}>
      <RecordTable
        inside
        resource={`accounts/${account.id}/api-keys`}
        empty={{ title: 'No API keys yet', text: 'The customer needs a key to use the reseller API.' }}
      >
        <Column label="State" render={(key) => <KeyState apiKey={key} />} />
        <Column label="Label" render={({ label }) => <strong>{label}</strong>} />
        <Column
          label="Scopes"
          render={({ scopes: held }) => (held.length === scopes.length ? 'All' : held.join(', '))}
        />
        <Column
          label="Accepted from"
          render={({ allowed_addresses }) => allowed_addresses?.join(', ') ?? 'Anywhere'}
        />
        <Column label="Sub-account" render={({ sub_account }) => sub_account ?? '–'} />
        <Column label="Last used" render={({ last_used_on }) => last_used_on ?? 'Never'} />
        <Column
          label="Expires"
          render={({ expires_at }) =>
            expires_at === undefined ? 'Never' : <TimeText at={expires_at} precision="minutes" />
          }
        />
        <Column
          label="Issued"
          render={({ created_at }) => <TimeText at={created_at} precision="minutes" />}
        />
        <Column label="" render={(key) => <RevokeButton apiKey={key} />} />
      </RecordTable>
    </Section>
  )
}

type KeyProps = { readonly apiKey: AccountApiKey }

function KeyState({ apiKey: { revoked_at, expires_at } }: KeyProps) {
  if (revoked_at !== undefined) return <StateChip state="revoked" />
  // For display only: the gateway decides by the database's clock.
  if (expires_at !== undefined && Date.parse(expires_at) <= Date.now()) return <StateChip state="expired" />
  return <StateChip state="valid" tone="success" />
}

function RevokeButton({ apiKey }: KeyProps) {
  const mayRevoke = useMay('keys:revoke')
  const [isOpen, setOpen] = useState(false)
  if (!mayRevoke || apiKey.revoked_at !== undefined) return null
  return (
    <>
      <Button variant="outlined" color="error" onClick={() => setOpen(true)}>
        Revoke
      </Button>
      {isOpen ? <RevokeDialog apiKey={apiKey} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function RevokeDialog({ apiKey: { id, label }, onClose }: KeyProps & { readonly onClose: () => void }) {
  const revoke = useAction<Reasoned, { id: string }>({
    send: (api, values) => api.post(`api-keys/${id}/revoke`, values),
    done: () => `The key ${label} is revoked.`,
    onDone: onClose,
  })
  return (
    <FormDialog<Reasoned>
      title={`Revoke the key ${label}`}
      action="Revoke"
      tone="error"
      initial={{ reason: '' }}
      change={revoke}
      onClose={onClose}
    >
      It is refused at once and for good. What was ordered with it stays.
      <ReasonInput />
    </FormDialog>
  )
}
