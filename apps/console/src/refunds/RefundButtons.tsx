import { type RefundAction, refundActions } from '@droplock/rules/refunds/manual'
import { Box, Button, Typography } from '@mui/material'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { problemOf } from '../api/problem.ts'
import type { Me, Refund } from '../api/types.ts'
import { moneyText } from '../format/money.ts'
import { Facts } from '../parts/Facts.tsx'
import { FormDialog, type Reasoned, ReasonInput } from '../parts/Form.tsx'
import { useAction, useMe } from '../parts/hooks.ts'
import { MoneyText } from '../parts/texts.tsx'
import { causeText, destinationText } from './fields.tsx'
import { RetryDialog } from './RetryDialog.tsx'

const labels: Readonly<Record<RefundAction, string>> = {
  approve: 'Approve',
  reject: 'Reject',
  retry: 'Retry',
}

/** What this person may do with the refund, by the table that the server decides with. Nobody decides a refund they proposed. */
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

/** Approves or rejects a refund as shown. The hash of the terms binds an approval to them. */
function DecideDialog({ refund, action, onClose }: DecideDialogProps) {
  const isApproval = action === 'approve'
  const decide = useAction({
    send: (api, { reason: note }: Reasoned) =>
      api.post<Refund>(`refunds/${refund.id}/${action}`, {
        ...(isApproval ? { terms_hash: refund.terms_hash } : {}),
        ...(note === '' ? {} : { note }),
      }),
    done: ({ amount }) => `Refund of ${moneyText(amount)} ${isApproval ? 'approved' : 'rejected'}.`,
    onDone: onClose,
  })
  return (
    <FormDialog<Reasoned>
      title={`${labels[action]} refund of ${moneyText(refund.amount)}`}
      action={labels[action]}
      tone={isApproval ? 'primary' : 'error'}
      initial={{ reason: '' }}
      change={decide}
      onClose={onClose}
    >
      <Terms refund={refund} />
      {isApproval ? null : <Typography>Nothing is refunded. The refund can be proposed again.</Typography>}
      <ReloadButton error={decide.error} onClose={onClose} />
      <ReasonInput label={isApproval ? 'Note (optional)' : 'Reason'} required={!isApproval} />
    </FormDialog>
  )
}

/** The terms that are approved or rejected. */
function Terms({ refund }: { refund: Refund }) {
  const { amount, account_name, by_rule, proposed_by, note, notify, terms_hash } = refund
  return (
    <Box role="group" aria-label="Terms" sx={{ border: 1, borderColor: 'divider', borderRadius: 1 }}>
      <Facts
        narrow
        facts={[
          ['Amount', <MoneyText key="amount" amount={amount} />],
          ['Payee', account_name],
          ['Destination', `${destinationText(refund)} (${by_rule ? 'default' : 'exception'})`],
          ['Notification', notify ? 'The customer is notified' : 'The customer is not notified'],
          ['Backorder', refund.name],
          ['Proposed by', proposed_by?.name],
          ['Reason', causeText(refund)],
          ['Note', note],
          ['Terms hash', <code key="terms">{terms_hash.slice(0, 12)}</code>],
        ]}
      />
    </Box>
  )
}

/** Shown when the terms on the server have changed: closes the dialog and reads them again. */
function ReloadButton({ error, onClose }: { error: unknown; onClose: () => void }) {
  const queries = useQueryClient()
  if (error === null || problemOf(error).code !== 'refund_changed') return null
  const reload = () => {
    void queries.invalidateQueries()
    onClose()
  }
  return (
    <Button variant="outlined" onClick={reload}>
      Reload
    </Button>
  )
}
