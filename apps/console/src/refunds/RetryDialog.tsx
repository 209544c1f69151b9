import { FormControl, FormControlLabel, FormLabel, Radio, RadioGroup, Typography } from '@mui/material'
import { useState } from 'react'
import type { Refund } from '../api/types.ts'
import { moneyText } from '../format/money.ts'
import { ReasonDialog } from '../parts/ReasonDialog.tsx'
import { useAction } from '../parts/use-action.ts'

type Choice = 'rule' | Refund['destination']

const choices: readonly (readonly [Choice, string])[] = [
  ['rule', 'Where the rule sends it now'],
  ['balance', 'The balance'],
  ['original_payment', 'The card that paid'],
]

type RetryDialogProps = {
  readonly refund: Pick<Refund, 'id' | 'amount' | 'account_name' | 'failure'>
  readonly to?: Choice
  readonly onClose: () => void
}

/** Sends a failed refund again. The server tells whether the destination is the rule's, and else asks a second person. */
export function RetryDialog({ refund, to = 'rule', onClose }: RetryDialogProps) {
  const [choice, setChoice] = useState<Choice>(to)
  const retry = useAction({
    send: (api, note: string) =>
      api.post<Refund>(`refunds/${refund.id}/retry`, {
        note,
        ...(choice === 'rule' ? {} : { destination: choice }),
      }),
    done: told,
    onDone: onClose,
  })
  return (
    <ReasonDialog
      title={`${to === 'balance' ? 'Make good' : 'Retry'} ${moneyText(refund.amount)}`}
      label="Note"
      action={to === 'balance' ? 'Make good' : 'Retry'}
      isSending={retry.isPending}
      error={retry.error}
      onConfirm={(note) => retry.mutate(note)}
      onClose={onClose}
    >
      <Typography>
        {refund.account_name} is owed this.
        {refund.failure === undefined ? '' : ` It failed before: ${refund.failure.replaceAll('_', ' ')}.`}
      </Typography>
      <FormControl>
        <FormLabel id="retry-to">Send it to</FormLabel>
        <RadioGroup
          aria-labelledby="retry-to"
          value={choice}
          onChange={(_event, value) => setChoice(choices.find(([each]) => each === value)?.[0] ?? 'rule')}
        >
          {choices.map(([value, label]) => (
            <FormControlLabel key={value} value={value} label={label} control={<Radio size="small" />} />
          ))}
        </RadioGroup>
      </FormControl>
      <Typography color="textSecondary">
        By the rule it goes at once. Anywhere else another person has to approve it.
      </Typography>
    </ReasonDialog>
  )
}

function told({ state, amount }: Refund): string {
  const text = moneyText(amount)
  if (state === 'proposed') return `${text} proposed. Another person decides.`
  return state === 'succeeded' ? `${text} credited to the balance.` : `${text} goes to the card.`
}
