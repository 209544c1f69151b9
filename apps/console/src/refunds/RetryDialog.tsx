import { Typography } from '@mui/material'
import { useState } from 'react'
import type { Money, Refund } from '../api/types.ts'
import { moneyText } from '../format/money.ts'
import { useAction } from '../parts/hooks.ts'
import { ReasonDialog } from '../parts/ReasonDialog.tsx'
import { type DestinationChoice, DestinationField } from './fields.tsx'

type RetryDialogProps = {
  readonly refund: { readonly id: string; readonly amount: Money; readonly account_name: string }
  /** What it failed of. */
  readonly failure: string | undefined
  readonly to?: DestinationChoice
  readonly onClose: () => void
}

/** Sends a failed refund again. To the rule's destination at once; to any other it becomes a proposal. */
export function RetryDialog({ refund, failure, to = 'rule', onClose }: RetryDialogProps) {
  const [destination, setDestination] = useState<DestinationChoice>(to)
  const retry = useAction({
    send: (api, note: string) =>
      api.post<Refund>(`refunds/${refund.id}/retry`, {
        note,
        ...(destination === 'rule' ? {} : { destination }),
      }),
    done: told,
    onDone: onClose,
  })
  const verb = to === 'balance' ? 'Make good' : 'Retry'
  return (
    <ReasonDialog
      title={`${verb} ${moneyText(refund.amount)}`}
      label="Note"
      action={verb}
      isSending={retry.isPending}
      error={retry.error}
      onConfirm={(note) => retry.mutate(note)}
      onClose={onClose}
    >
      <Typography>
        {refund.account_name} is owed this.
        {failure === undefined ? '' : ` It failed before: ${failure.replaceAll('_', ' ')}.`}
      </Typography>
      <DestinationField value={destination} onChange={setDestination} />
    </ReasonDialog>
  )
}

function told({ state, amount }: Refund): string {
  const text = moneyText(amount)
  if (state === 'proposed') return `${text} proposed. Another person decides.`
  return state === 'succeeded' ? `${text} credited to the balance.` : `${text} goes to the card.`
}
