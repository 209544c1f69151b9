import { transferActions } from '@droplock/rules/bank-transfers'
import type { BankTransferEvent } from '@droplock/rules/machines/bank-transfer'
import { Box, Button, Typography } from '@mui/material'
import { useState } from 'react'
import type { BankTransfer } from '../api/types.ts'
import { moneyText } from '../format/money.ts'
import { useAction, useMe } from '../parts/hooks.ts'
import { ReasonDialog } from '../parts/ReasonDialog.tsx'

type Step = {
  readonly button: string
  readonly action: string
  readonly path: string
  readonly label: string
  readonly done: string
  readonly isOptional?: boolean
}

const steps: Readonly<Record<BankTransferEvent, Step>> = {
  propose_reversal: {
    button: 'Take back',
    action: 'Propose',
    path: 'reversal',
    label: 'Reason',
    done: 'Proposed. Another person decides.',
  },
  approve_reversal: {
    button: 'Approve',
    action: 'Approve',
    path: 'reversal/approve',
    label: 'Note (optional)',
    done: 'The transfer is taken back.',
    isOptional: true,
  },
  reject_reversal: {
    button: 'Reject',
    action: 'Reject',
    path: 'reversal/reject',
    label: 'Why not',
    done: 'The credit stands.',
  },
}

/** What this person may do with the transfer, by the table the server decides with: never decide their own. */
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
  const send = useAction({
    send: (api, text: string) =>
      api.post<BankTransfer>(`bank-transfers/${id}/${step.path}`, bodyOf(event, text)),
    done: () => step.done,
    onDone: onClose,
  })
  const verb = event === 'propose_reversal' ? 'Take back' : `${step.action} taking back`
  return (
    <ReasonDialog
      title={`${verb} ${moneyText(amount)}`}
      label={step.label}
      isOptional={step.isOptional === true}
      action={step.action}
      tone={event === 'reject_reversal' ? 'error' : 'primary'}
      isSending={send.isPending}
      error={send.error}
      onConfirm={(text) => send.mutate(text)}
      onClose={onClose}
    >
      <Typography>
        {moneyText(amount)} of {account_name}, transfer <code>{bank_reference}</code>.
      </Typography>
      {event === 'reject_reversal' ? (
        <Typography>The credit stands.</Typography>
      ) : (
        <Typography>{leftText(transfer)}</Typography>
      )}
    </ReasonDialog>
  )
}

/** What the balance would be: a debt is allowed, and said before. */
function leftText({ balance, amount, account_name }: BankTransfer): string {
  const left = { ...balance, amount_minor: balance.amount_minor - amount.amount_minor }
  return left.amount_minor < 0
    ? `${account_name} has spent some of it: the account would owe ${moneyText({ ...left, amount_minor: -left.amount_minor })}.`
    : `The balance would be ${moneyText(left)}.`
}

function bodyOf(event: BankTransferEvent, text: string): object {
  if (event === 'propose_reversal') return { reason: text }
  return text === '' ? {} : { note: text }
}
