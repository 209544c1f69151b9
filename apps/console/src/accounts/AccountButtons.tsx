import { Button, Typography } from '@mui/material'
import { useState } from 'react'
import type { Account, AccountDetail } from '../api/types.ts'
import { moneyText } from '../format/money.ts'
import { counted } from '../format/words.ts'
import { FormDialog, type Reasoned, ReasonInput, TextInput } from '../parts/Form.tsx'
import { useAction, useMay } from '../parts/hooks.ts'
import { AccountEditDialog } from './AccountEditDialog.tsx'

type Chosen = 'rename' | 'suspend' | 'resume' | 'close'

/** What an administrator may do with a whole account. */
export function AccountButtons({ account }: { account: AccountDetail }) {
  const mayManage = useMay('resellers:manage')
  const [chosen, setChosen] = useState<Chosen>()
  if (!mayManage || account.state === 'closed') return null
  const close = () => setChosen(undefined)
  const isOpen = account.state === 'open'
  return (
    <>
      <Button variant="outlined" onClick={() => setChosen('rename')}>
        Rename
      </Button>
      {isOpen ? (
        <Button variant="outlined" color="error" onClick={() => setChosen('suspend')}>
          Suspend
        </Button>
      ) : (
        <>
          <Button variant="outlined" onClick={() => setChosen('resume')}>
            Resume
          </Button>
          <Button variant="outlined" color="error" onClick={() => setChosen('close')}>
            Close account
          </Button>
        </>
      )}
      {chosen === 'rename' ? <RenameDialog account={account} onClose={close} /> : null}
      {chosen === 'suspend' ? <SuspendDialog account={account} onClose={close} /> : null}
      {chosen === 'resume' ? <ResumeDialog account={account} onClose={close} /> : null}
      {chosen === 'close' ? <CloseDialog account={account} onClose={close} /> : null}
    </>
  )
}

type DialogProps = { readonly account: AccountDetail; readonly onClose: () => void }

type RenameValues = { readonly name: string; readonly reason: string }

function RenameDialog({ account, onClose }: DialogProps) {
  return (
    <AccountEditDialog<RenameValues>
      account={account}
      title={`Rename ${account.name}`}
      action="Rename"
      initial={{ name: account.name, reason: '' }}
      path="name"
      bodyOf={({ name }) => ({ name })}
      done={({ name }) => `The account is now named ${name}.`}
      onClose={onClose}
    >
      <TextInput<RenameValues>
        name="name"
        label="Name"
        required
        autoComplete="off"
        helperText="Issued invoices keep the old name."
        slotProps={{ htmlInput: { maxLength: 200 } }}
      />
    </AccountEditDialog>
  )
}

function SuspendDialog({ account: { id, name }, onClose }: DialogProps) {
  const suspend = useAction<Reasoned, Account>({
    send: (api, values) => api.post(`accounts/${id}/suspend`, values),
    done: () => `${name} is suspended.`,
    onDone: onClose,
  })
  return (
    <FormDialog<Reasoned>
      title={`Suspend ${name}`}
      action="Suspend"
      tone="error"
      initial={{ reason: '' }}
      change={suspend}
      onClose={onClose}
    >
      <Typography>
        All of its API keys are refused at once. What it has ordered is caught or refunded as before, and
        webhooks go on. You can resume the account at any time.
      </Typography>
      <ReasonInput />
    </FormDialog>
  )
}

function ResumeDialog({ account: { id, name }, onClose }: DialogProps) {
  const resume = useAction<Reasoned, Account>({
    send: (api, values) => api.post(`accounts/${id}/resume`, values),
    done: () => `${name} is open again.`,
    onDone: onClose,
  })
  return (
    <FormDialog<Reasoned>
      title={`Resume ${name}`}
      action="Resume"
      initial={{ reason: '' }}
      change={resume}
      onClose={onClose}
    >
      <Typography>
        Its API keys are accepted again, except those that were revoked or have expired.
      </Typography>
      <ReasonInput />
    </FormDialog>
  )
}

function CloseDialog({ account, onClose }: DialogProps) {
  const { id, name, balance, registrations } = account
  const close = useAction<Reasoned, Account>({
    send: (api, values) => api.post(`accounts/${id}/close`, values),
    done: () => `${name} is closed.`,
    onDone: onClose,
  })
  return (
    <FormDialog<Reasoned>
      title={`Close ${name}`}
      action="Close account"
      tone="error"
      initial={{ reason: '' }}
      change={close}
      onClose={onClose}
    >
      <Typography>
        A closed account cannot be opened again. Its credit ends, and it gets no keys, orders or money.
      </Typography>
      {balance.amount_minor === 0 ? null : (
        <Typography>
          {balance.amount_minor > 0
            ? `Its balance is ${moneyText(balance)}. Refund its top-ups or reverse its bank transfers first.`
            : `It owes ${moneyText({ ...balance, amount_minor: -balance.amount_minor })}. Record its payment first.`}
        </Typography>
      )}
      {registrations === 0 ? null : (
        <Typography>
          It holds {counted(registrations, 'registration')}. They stay registered until they expire, and
          nobody can renew them here.
        </Typography>
      )}
      <ReasonInput />
    </FormDialog>
  )
}
