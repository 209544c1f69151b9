import { Typography } from '@mui/material'
import type { ReactNode } from 'react'
import type { Refund } from '../api/types.ts'
import { useMay, useMe } from '../parts/hooks.ts'

/** Who proposed and who decided a refund, whose decision it awaits, and whether the customer is notified. */
export function RefundPeople({
  refund: { proposed_by, decided_by, decision_note, state, notify },
}: {
  refund: Refund
}) {
  const me = useMe()
  const mayDecide = useMay('refunds:decide')
  if (proposed_by === undefined) return <Line>Automatic</Line>
  return (
    <>
      <Line>Proposed by {proposed_by.id === me?.id ? 'you' : proposed_by.name}</Line>
      {decided_by === undefined ? null : (
        <Line>{`${state === 'rejected' ? 'Rejected' : 'Approved'} by ${decided_by.name}`}</Line>
      )}
      {decision_note === undefined ? null : <Line>“{decision_note}”</Line>}
      {notify ? null : <Line>Customer not notified</Line>}
      {state === 'proposed' && !mayDecide ? <Line>Awaiting a finance approver</Line> : null}
      {state === 'proposed' && mayDecide && proposed_by.id === me?.id ? (
        <Line>Awaiting another finance approver</Line>
      ) : null}
    </>
  )
}

function Line({ children }: { children: ReactNode }) {
  return (
    <Typography color="textSecondary" component="div">
      {children}
    </Typography>
  )
}
