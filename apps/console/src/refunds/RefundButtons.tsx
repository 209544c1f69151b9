import { type RefundAction, refundActions } from '@droplock/rules/refunds/manual'
import { Box, Button } from '@mui/material'
import { useState } from 'react'
import type { Me, Refund } from '../api/types.ts'
import { useMe } from '../parts/use-me.ts'
import { DecideDialog } from './DecideDialog.tsx'
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
