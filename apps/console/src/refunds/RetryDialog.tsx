import { Typography } from '@mui/material'
import type { Money, Refund } from '../api/types.ts'
import { moneyText } from '../format/money.ts'
import { FormDialog, ReasonInput } from '../parts/Form.tsx'
import { useAction } from '../parts/hooks.ts'
import { type Destination, DestinationInput, destinationOf, sentText } from './fields.tsx'

type RetryDialogProps = {
  readonly refund: { readonly id: string; readonly amount: Money; readonly account_name: string }
  /** Why it failed. */
  readonly failure: string | undefined
  readonly to?: Destination
  readonly onClose: () => void
}

type Values = { readonly destination: Destination; readonly reason: string }

/** Sends a failed refund again: to the default destination at once, to any other as a proposal. */
export function RetryDialog({ refund, failure, to = 'default', onClose }: RetryDialogProps) {
  const retry = useAction({
    send: (api, { destination, reason }: Values) =>
      api.post<Refund>(`refunds/${refund.id}/retry`, { note: reason, ...destinationOf(destination) }),
    done: sentText,
    onDone: onClose,
  })
  const amount = moneyText(refund.amount)
  return (
    <FormDialog<Values>
      title={to === 'balance' ? `Credit ${amount} to the balance` : `Retry refund of ${amount}`}
      action={to === 'balance' ? 'Credit balance' : 'Retry'}
      initial={{ destination: to, reason: '' }}
      change={retry}
      onClose={onClose}
    >
      <Typography>
        {refund.account_name} is owed this amount.
        {failure === undefined ? '' : ` The refund failed: ${failure.replaceAll('_', ' ')}.`}
      </Typography>
      {to === 'balance' ? (
        <Typography color="textSecondary">
          If the account owes no money, this is an exception, which another person must approve.
        </Typography>
      ) : (
        <DestinationInput />
      )}
      <ReasonInput label="Note" />
    </FormDialog>
  )
}
