import { type RefundAction, refundActions } from '@droplock/rules/refunds/decide-manual'
import { Box, Button, Typography } from '@mui/material'
import { useState } from 'react'
import type { Refund } from '../api/types.ts'
import { moneyText } from '../format/money.ts'
import { ReasonDialog } from '../parts/ReasonDialog.tsx'
import { useAction } from '../parts/use-action.ts'
import { useMe } from '../parts/use-me.ts'

const labels: Readonly<Record<RefundAction, string>> = { approve: 'Approve', reject: 'Reject' }

/** What this person may do with the refund, by the table the server decides with: never with their own. */
export function RefundButtons({ refund }: { refund: Refund }) {
  const me = useMe()
  const [chosen, setChosen] = useState<RefundAction>()
  if (me === undefined) return null
  const facts = { state: refund.state, cause: refund.cause, proposedBy: refund.proposed_by?.id ?? null }
  const actions = refundActions(facts, { staffId: me.id, roles: me.roles })
  if (actions.length === 0) return null
  return (
    <Box sx={{ display: 'flex', gap: 1, mt: 0.5 }}>
      {actions.map((action) => (
        <Button
          key={action}
          variant={action === 'approve' ? 'contained' : 'outlined'}
          onClick={() => setChosen(action)}
        >
          {labels[action]}
        </Button>
      ))}
      {chosen === undefined ? null : (
        <DecideDialog refund={refund} action={chosen} onClose={() => setChosen(undefined)} />
      )}
    </Box>
  )
}

type DecideDialogProps = {
  readonly refund: Refund
  readonly action: RefundAction
  readonly onClose: () => void
}

function DecideDialog({ refund, action, onClose }: DecideDialogProps) {
  const isApproval = action === 'approve'
  const decide = useAction({
    send: (api, note: string) =>
      api.post<Refund>(`refunds/${refund.id}/${action}`, {
        ...(isApproval ? { terms_hash: refund.terms_hash } : {}),
        ...(note === '' ? {} : { note }),
      }),
    done: ({ amount }) => `${moneyText(amount)} ${isApproval ? 'refunded' : 'not refunded'}.`,
    onDone: onClose,
  })
  const amount = moneyText(refund.amount)
  return (
    <ReasonDialog
      title={isApproval ? `Approve ${amount}` : `Reject ${amount}`}
      label={isApproval ? 'Note (optional)' : 'Why not'}
      isOptional={isApproval}
      action={labels[action]}
      tone={isApproval ? 'primary' : 'error'}
      isSending={decide.isPending}
      error={decide.error}
      onConfirm={(note) => decide.mutate(note)}
      onClose={onClose}
    >
      <Typography>
        {isApproval
          ? `${amount} goes to ${refund.destination === 'balance' ? 'the balance' : 'the original payment'} of ${refund.account_name}.`
          : `Nothing moves. The amount for ${refund.name ?? 'this order'} can be proposed again.`}
      </Typography>
    </ReasonDialog>
  )
}
