import { transferActions } from '@droplock/rules/bank-transfers'
import type { BankTransferEvent } from '@droplock/rules/machines/bank-transfer'
import { Box, Button, Typography } from '@mui/material'
import { useState } from 'react'
import type { BankTransfer } from '../api/types.ts'
import { moneyText } from '../format/money.ts'
import { FormDialog, type Reasoned, ReasonInput } from '../parts/Form.tsx'
import { useAction, useMe } from '../parts/hooks.ts'

type Step = {
  readonly button: string
  readonly title: string
  readonly action: string
  readonly path: string
  readonly label: string
  readonly done: string
  readonly isOptional?: boolean
}

const steps: Readonly<Record<BankTransferEvent, Step>> = {
  propose_reversal: {
    button: 'Reverse',
    title: 'Propose reversal of',
    action: 'Propose',
    path: 'reversal',
    label: 'Reason',
    done: 'Reversal proposed. Another person has to approve it.',
  },
  approve_reversal: {
    button: 'Approve',
    title: 'Approve reversal of',
    action: 'Approve',
    path: 'reversal/approve',
    label: 'Note (optional)',
    done: 'Transfer reversed.',
    isOptional: true,
  },
  reject_reversal: {
    button: 'Reject',
    title: 'Reject reversal of',
    action: 'Reject',
    path: 'reversal/reject',
    label: 'Reason',
    done: 'Reversal rejected. The amount stays credited.',
  },
}

/** What this person may do with the transfer, by the table that the server decides with. Nobody decides a reversal they proposed. */
export function TransferButtons({ transfer }: { transfer: BankTransfer }) {
  const me = useMe()
  const [chosen, setChosen] = useState<BankTransferEvent>()
  if (me === undefined) return null
  const facts = { state: transfer.state, reversalProposedBy: transfer.reversal_proposed_by?.id ?? null }
  const actions = transferActions(facts, { staffId: me.id, roles: me.roles })
  if (actions.length === 0) return null
  return (
    <Box sx={{ display: 'flex', gap: 1 }}>
      {actions.map((action) => (
        <Button
          key={action}
          variant={action === 'approve_reversal' ? 'contained' : 'outlined'}
          sx={{ whiteSpace: 'nowrap' }}
          onClick={() => setChosen(action)}
        >
          {steps[action].button}
        </Button>
      ))}
      {chosen === undefined ? null : (
        <StepDialog transfer={transfer} event={chosen} onClose={() => setChosen(undefined)} />
      )}
    </Box>
  )
}

type StepDialogProps = {
  readonly transfer: BankTransfer
  readonly event: BankTransferEvent
  readonly onClose: () => void
}

function StepDialog({ transfer, event, onClose }: StepDialogProps) {
  const step = steps[event]
  const { id, amount, account_name, bank_reference } = transfer
  const send = useAction<Reasoned, BankTransfer>({
    send: (api, { reason }) => api.post(`bank-transfers/${id}/${step.path}`, bodyOf(event, reason)),
    done: () => step.done,
    onDone: onClose,
  })
  return (
    <FormDialog<Reasoned>
      title={`${step.title} ${moneyText(amount)}`}
      action={step.action}
      tone={event === 'reject_reversal' ? 'error' : 'primary'}
      initial={{ reason: '' }}
      change={send}
      onClose={onClose}
    >
      <Typography>
        {account_name}, bank reference <code>{bank_reference}</code>
      </Typography>
      <Typography>
        {event === 'reject_reversal' ? 'The amount stays credited.' : balanceText(transfer)}
      </Typography>
      <ReasonInput label={step.label} required={step.isOptional !== true} />
    </FormDialog>
  )
}

/** The balance after the reversal. It may be negative: the account then owes money. */
function balanceText({ balance, amount, account_name }: BankTransfer): string {
  const left = { ...balance, amount_minor: balance.amount_minor - amount.amount_minor }
  return left.amount_minor < 0
    ? `Part of the money is spent: ${account_name} will owe ${moneyText({ ...left, amount_minor: -left.amount_minor })}.`
    : `The balance will be ${moneyText(left)}.`
}

function bodyOf(event: BankTransferEvent, text: string): object {
  if (event === 'propose_reversal') return { reason: text }
  return text === '' ? {} : { note: text }
}
