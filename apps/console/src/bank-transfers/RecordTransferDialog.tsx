import { Typography } from '@mui/material'
import type { Account, BankTransfer } from '../api/types.ts'
import { moneyText } from '../format/money.ts'
import { AmountInput, FormDialog, minorOf, ReasonInput, TextInput } from '../parts/Form.tsx'
import { useAction } from '../parts/hooks.ts'

type Values = { readonly amount: string; readonly reference: string; readonly reason: string }

/** Credits a bank transfer to the account. The bank's reference ensures that it is credited only once. */
export function RecordTransferDialog({ account, onClose }: { account: Account; onClose: () => void }) {
  const { id, name, currency } = account
  const record = useAction<Values, BankTransfer>({
    send: (api, { amount, reference, reason }) =>
      api.post('bank-transfers', {
        account_id: id,
        amount_minor: minorOf(amount, currency),
        currency,
        bank_reference: reference,
        note: reason,
      }),
    done: ({ amount }) => `${moneyText(amount)} credited to ${name}.`,
    onDone: onClose,
  })
  return (
    <FormDialog<Values>
      title={`Record bank transfer from ${name}`}
      action="Credit"
      initial={{ amount: '', reference: '', reason: '' }}
      change={record}
      onClose={onClose}
    >
      <Typography>
        The amount is credited to the balance at once. Enter it as on the bank statement: reversing the
        transfer needs approval by another person.
      </Typography>
      <AmountInput<Values> name="amount" currency={currency} minorMin={1} helperText="More than 0" />
      <TextInput<Values>
        name="reference"
        label="Bank reference"
        required
        helperText="As on the bank statement. Spaces are ignored."
        autoComplete="off"
        slotProps={{ htmlInput: { maxLength: 200 } }}
      />
      <ReasonInput label="Note" />
    </FormDialog>
  )
}
