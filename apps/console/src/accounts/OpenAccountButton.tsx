import { Button, Typography } from '@mui/material'
import { useState } from 'react'
import { useRedirect } from 'react-admin'
import { useWatch } from 'react-hook-form'
import type { Account } from '../api/types.ts'
import { FormDialog, TextInput } from '../parts/Form.tsx'
import { useAction, useMay } from '../parts/hooks.ts'

type Values = {
  readonly name: string
  readonly currency: string
  readonly legalName: string
  readonly address: string
  readonly country: string
  readonly taxId: string
  readonly email: string
}

const nothing: Values = {
  name: '',
  currency: '',
  legalName: '',
  address: '',
  country: '',
  taxId: '',
  email: '',
}

export function OpenAccountButton() {
  const mayManage = useMay('resellers:manage')
  const [isOpen, setOpen] = useState(false)
  if (!mayManage) return null
  return (
    <>
      <Button variant="contained" onClick={() => setOpen(true)}>
        Open account
      </Button>
      {isOpen ? <OpenAccountDialog onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function OpenAccountDialog({ onClose }: { onClose: () => void }) {
  const redirect = useRedirect()
  const open = useAction<Values, Account>({
    send: (api, { name, currency, ...party }) =>
      api.post('accounts', { name, currency, ...(party.legalName !== '' && { billing: billingOf(party) }) }),
    done: ({ name }) => `The account ${name} is open.`,
    onDone: ({ id }) => redirect('show', 'accounts', id),
  })
  return (
    <FormDialog<Values>
      title="Open account"
      action="Open account"
      initial={nothing}
      change={open}
      onClose={onClose}
    >
      <TextInput<Values>
        name="name"
        label="Name"
        required
        autoFocus
        autoComplete="off"
        slotProps={{ htmlInput: { maxLength: 200 } }}
      />
      <TextInput<Values>
        name="currency"
        label="Currency"
        required
        autoComplete="off"
        clean={(text) => text.toUpperCase()}
        isValid={(text) => /^[A-Z]{3}$/.test(text.trim())}
        helperText="Such as USD. It cannot be changed later."
        slotProps={{ htmlInput: { maxLength: 3 } }}
      />
      <Typography variant="h3" component="p">
        Billing party (optional)
      </Typography>
      <BillingInputs />
    </FormDialog>
  )
}

function billingOf({ legalName, address, country, taxId, email }: Omit<Values, 'name' | 'currency'>) {
  const lines = address
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  return { legal_name: legalName, address: lines, country, email, ...(taxId !== '' && { tax_id: taxId }) }
}

/** Once a legal name is typed the rest of the profile is needed too. */
function BillingInputs() {
  const isGiven = useWatch<Values, 'legalName'>({ name: 'legalName' }).trim() !== ''
  return (
    <>
      <TextInput<Values>
        name="legalName"
        deps={['address', 'country', 'email']}
        label="Legal name"
        autoComplete="off"
        helperText="Whom invoices name. The customer can set it by the API as well."
      />
      {isGiven ? (
        <>
          <TextInput<Values> name="address" label="Address" required multiline minRows={2} />
          <TextInput<Values>
            name="country"
            label="Country"
            required
            clean={(text) => text.toUpperCase()}
            isValid={(text) => /^[A-Z]{2}$/.test(text.trim())}
            helperText="Two letters, such as DE"
            slotProps={{ htmlInput: { maxLength: 2 } }}
          />
          <TextInput<Values> name="taxId" label="Tax ID" autoComplete="off" />
          <TextInput<Values>
            name="email"
            label="Billing email"
            required
            autoComplete="off"
            isValid={(text) => /^\S+@\S+$/.test(text.trim())}
          />
        </>
      ) : null}
    </>
  )
}
