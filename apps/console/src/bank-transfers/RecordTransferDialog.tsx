import { TextField, Typography } from '@mui/material'
import { useState } from 'react'
import type { Account, BankTransfer } from '../api/types.ts'
import { moneyText } from '../format/money.ts'
import { AmountField, minorOf } from '../parts/AmountField.tsx'
import { useAction } from '../parts/hooks.ts'
import { ReasonDialog } from '../parts/ReasonDialog.tsx'

/** Credits money that came to the bank. Its reference makes sure that it is credited once. */
export function RecordTransferDialog({ account, onClose }: { account: Account; onClose: () => void }) {
  const { id, name, currency } = account
  const [typed, setTyped] = useState('')
  const [reference, setReference] = useState('')
  const amountMinor = minorOf(typed, currency)
  const isFine = amountMinor !== undefined && amountMinor > 0
  const record = useAction({
    send: (api, note: string) =>
      api.post<BankTransfer>('bank-transfers', {
        account_id: id,
        amount_minor: amountMinor,
        currency,
        bank_reference: reference,
        note,
      }),
    done: ({ amount }) => `${moneyText(amount)} credited to ${name}.`,
    onDone: onClose,
  })
  return (
    <ReasonDialog
      title={`Record a bank transfer of ${name}`}
      label="Note"
      action="Credit"
      isIncomplete={!isFine || reference.trim() === ''}
      isSending={record.isPending}
      error={record.error}
      onConfirm={(note) => record.mutate(note)}
      onClose={onClose}
    >
      <Typography>
        The balance has it at once. Take what the bank says came in; taking it back needs another person.
      </Typography>
      <AmountField currency={currency} value={typed} onChange={setTyped} isFine={isFine} help="More than 0" />
      <TextField
        label="Bank reference"
        value={reference}
        onChange={({ target }) => setReference(target.value)}
        helperText="The bank's own, as on the statement; spaces do not count"
        required
        autoComplete="off"
        slotProps={{ htmlInput: { maxLength: 200 } }}
      />
    </ReasonDialog>
  )
}
