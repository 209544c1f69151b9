import { type RefundAction, refundActions } from '@droplock/rules/refunds/decide-manual'
import { Box, Button, Typography } from '@mui/material'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { problemOf } from '../api/problem.ts'
import type { Me, Refund } from '../api/types.ts'
import { moneyText } from '../format/money.ts'
import { words } from '../format/words.ts'
import { Facts } from '../parts/Facts.tsx'
import { useAction, useMe } from '../parts/hooks.ts'
import { ReasonDialog } from '../parts/ReasonDialog.tsx'
import { MoneyText } from '../parts/texts.tsx'
import { destinationText } from './fields.tsx'
import { RetryDialog } from './RetryDialog.tsx'

const labels: Readonly<Record<RefundAction, string>> = {
  approve: 'Approve',
  reject: 'Reject',
  retry: 'Retry',
}

/** What this person may do with the refund, by the table the server decides with: never decide their own. */
export function RefundButtons({ refund }: { refund: Refund }) {
  const me = useMe()
  const [chosen, setChosen] = useState<RefundAction>()
  if (me === undefined) return null
  const actions = actionsFor(refund, me)
  if (actions.length === 0) return null
  const close = () => setChosen(undefined)
  return (
    <Box sx={{ display: 'flex', gap: 1, mt: 0.5 }} onClick={(event) => event.stopPropagation()}>
      {actions.map((action) => (
        <Button
          key={action}
          variant={action === 'reject' ? 'outlined' : 'contained'}
          onClick={() => setChosen(action)}
        >
          {labels[action]}
        </Button>
      ))}
      {chosen === 'retry' ? <RetryDialog refund={refund} failure={refund.failure} onClose={close} /> : null}
      {chosen === 'approve' || chosen === 'reject' ? (
        <DecideDialog refund={refund} action={chosen} onClose={close} />
      ) : null}
    </Box>
  )
}

function actionsFor(refund: Refund, me: Me): readonly RefundAction[] {
  const facts = {
    state: refund.state,
    cause: refund.cause,
    proposedBy: refund.proposed_by?.id ?? null,
    isRetried: refund.retried_as_id !== undefined,
  }
  return refundActions(facts, { staffId: me.id, roles: me.roles })
}

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
