import type { Role } from '@droplock/rules/staff'
import { Button, Typography } from '@mui/material'
import { useState } from 'react'
import type { SentLink } from '../api/types.ts'
import { FormDialog, ReasonInput, TextInput } from '../parts/Form.tsx'
import { useAction, useMay } from '../parts/hooks.ts'
import { LinkDialog, sentText } from './LinkDialog.tsx'
import { RolesInput } from './RolesInput.tsx'

type Values = {
  readonly email: string
  readonly name: string
  readonly roles: readonly Role[]
  readonly reason: string
}

export function InviteButton() {
  const mayManage = useMay('staff:manage')
  const [isOpen, setOpen] = useState(false)
  const [sent, setSent] = useState<SentLink>()
  if (!mayManage) return null
  return (
    <>
      <Button variant="contained" onClick={() => setOpen(true)}>
        Invite person
      </Button>
      {isOpen ? <InviteDialog onClose={() => setOpen(false)} onSent={setSent} /> : null}
      {sent === undefined ? null : <LinkDialog sent={sent} onClose={() => setSent(undefined)} />}
    </>
  )
}

type InviteDialogProps = { readonly onClose: () => void; readonly onSent: (sent: SentLink) => void }

function InviteDialog({ onClose, onSent }: InviteDialogProps) {
  const invite = useAction<Values, SentLink>({
    send: (api, values) => api.post('staff', values),
    done: sentText,
    onDone: (sent) => {
      onClose()
      if (sent.delivery !== 'mailed') onSent(sent)
    },
  })
  return (
    <FormDialog<Values>
      title="Invite a person"
      action="Invite"
      initial={{ email: '', name: '', roles: [], reason: '' }}
      change={invite}
      onClose={onClose}
    >
      <Typography>They get a link to choose a password. It works once, for three days.</Typography>
      <TextInput<Values>
        name="email"
        label="Email"
        type="email"
        required
        autoFocus
        autoComplete="off"
        isValid={(text) => /^[^\s@]+@[^\s@]+$/.test(text.trim())}
        helperText="They sign in with it"
      />
      <TextInput<Values>
        name="name"
        label="Name"
        required
        autoComplete="off"
        helperText="As the audit and other people see them"
      />
      <RolesInput />
      <ReasonInput />
    </FormDialog>
  )
}
