import { Typography } from '@mui/material'
import type { ReactNode } from 'react'
import type { Refund } from '../api/types.ts'
import { useMay, useMe } from '../parts/hooks.ts'

/** Who made a refund, who decided it, who may, and whether its customer hears of it. */
export function RefundPeople({
  refund: { proposed_by, decided_by, decision_note, state, notify },
}: {
  refund: Refund
}) {
  const me = useMe()
  const mayDecide = useMay('refunds:decide')
  if (proposed_by === undefined) return <Line>by the service</Line>
  return (
    <>
      <Line>proposed by {proposed_by.id === me?.id ? 'you' : proposed_by.name}</Line>
      {decided_by === undefined ? null : (
        <Line>{`${state === 'rejected' ? 'rejected' : 'approved'} by ${decided_by.name}`}</Line>
      )}
      {decision_note === undefined ? null : <Line>“{decision_note}”</Line>}
      {notify ? null : <Line>the customer is not told</Line>}
      {state === 'proposed' && !mayDecide ? <Line>a finance approver decides</Line> : null}
      {state === 'proposed' && mayDecide && proposed_by.id === me?.id ? (
        <Line>another finance approver decides</Line>
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
