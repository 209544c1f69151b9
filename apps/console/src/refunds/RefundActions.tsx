import { Button } from '@mui/material'
import { useState } from 'react'
import type { Money } from '../api/types.ts'
import { useMay } from '../parts/use-me.ts'
import { type Refundable, RefundDialog } from './RefundDialog.tsx'

/** Refund now, within one's own limit, or propose. `alone`: what of the limit is left for this payment, where it is known. */
export function RefundActions({ of, alone }: { of: Refundable; alone?: Money }) {
  const [chosen, setChosen] = useState<'propose' | 'complete'>()
  const mayPropose = useMay('refunds:propose')
  const mayComplete = useMay('refunds:complete') && alone !== undefined && alone.amount_minor > 0
  const close = () => setChosen(undefined)
  return (
    <>
      {mayComplete ? (
        <Button variant="outlined" onClick={() => setChosen('complete')}>
          Refund now
        </Button>
      ) : null}
      {mayPropose ? (
        <Button variant="outlined" onClick={() => setChosen('propose')}>
          Propose a refund
        </Button>
      ) : null}
      {chosen === 'propose' ? <RefundDialog of={of} onClose={close} /> : null}
      {chosen === 'complete' && alone !== undefined ? (
        <RefundDialog of={of} alone={alone} onClose={close} />
      ) : null}
    </>
  )
}
