import { Box, Button, Typography } from '@mui/material'
import { useQueryClient } from '@tanstack/react-query'
import { problemOf } from '../api/problem.ts'
import type { Refund } from '../api/types.ts'
import { moneyText } from '../format/money.ts'
import { words } from '../format/words.ts'
import { Facts } from '../parts/Facts.tsx'
import { MoneyText } from '../parts/MoneyText.tsx'
import { ReasonDialog } from '../parts/ReasonDialog.tsx'
import { useAction } from '../parts/use-action.ts'
import { destinationText } from './destination-text.ts'

type DecideDialogProps = {
  readonly refund: Refund
  readonly action: 'approve' | 'reject'
  readonly onClose: () => void
}

/** Shows what is decided: amount, payee and destination. An approval is bound to them by the hash that came with them. */
export function DecideDialog({ refund, action, onClose }: DecideDialogProps) {
  const isApproval = action === 'approve'
  const decide = useAction({
    send: (api, note: string) =>
      api.post<Refund>(`refunds/${refund.id}/${action}`, {
        ...(isApproval ? { terms_hash: refund.terms_hash } : {}),
        ...(note === '' ? {} : { note }),
      }),
    done: ({ amount }) => `${moneyText(amount)} ${isApproval ? 'approved' : 'not refunded'}.`,
    onDone: onClose,
  })
  const amount = moneyText(refund.amount)
  return (
    <ReasonDialog
      title={isApproval ? `Approve ${amount}` : `Reject ${amount}`}
      label={isApproval ? 'Note (optional)' : 'Why not'}
      isOptional={isApproval}
      action={isApproval ? 'Approve' : 'Reject'}
      tone={isApproval ? 'primary' : 'error'}
      isSending={decide.isPending}
      error={decide.error}
      onConfirm={(note) => decide.mutate(note)}
      onClose={onClose}
    >
      <Terms refund={refund} />
      {isApproval ? null : (
        <Typography>
          Nothing moves. The amount for {refund.name ?? 'this order'} can be proposed again.
        </Typography>
      )}
      <LookAgain error={decide.error} onClose={onClose} />
    </ReasonDialog>
  )
}

/** What an approval is of, and no more than that. */
function Terms({ refund }: { refund: Refund }) {
  const { amount, account_name, by_rule, proposed_by, reason_code, note, terms_hash } = refund
  return (
    <Box
      role="group"
      aria-label="What is decided"
      sx={{ border: 1, borderColor: 'divider', borderRadius: 1 }}
    >
      <Facts
        narrow
        facts={[
          ['Amount', <MoneyText key="amount" amount={amount} />],
          ['Payee', account_name],
          [
            'Goes to',
            `${destinationText(refund)}${by_rule ? ', by the rule' : ', an exception from the rule'}`,
          ],
          ['Customer', refund.notify ? 'is told' : 'is not told'],
          ['Order', refund.name],
          ['Proposed by', proposed_by?.name],
          [
            'Because',
            [reason_code === undefined ? undefined : words(reason_code), note].filter(Boolean).join(': '),
          ],
          ['Terms', <code key="terms">{terms_hash.slice(0, 12)}</code>],
        ]}
      />
    </Box>
  )
}

/** The terms on the server are others than those shown: what was seen is closed, and read anew. */
function LookAgain({ error, onClose }: { error: unknown; onClose: () => void }) {
  const queries = useQueryClient()
  if (error === null || problemOf(error).code !== 'refund_changed') return null
  const look = () => {
    void queries.invalidateQueries()
    onClose()
  }
  return (
    <Button variant="outlined" onClick={look}>
      Look again
    </Button>
  )
}
