import { listingMachine } from '@droplock/rules/machines/listing'
import { nextIfAllowed } from '@droplock/rules/machines/machine'
import { Button, Typography } from '@mui/material'
import { useState } from 'react'
import type { ListingDetail } from '../api/types.ts'
import { FormDialog, type Reasoned, ReasonInput } from '../parts/Form.tsx'
import { useAction, useMay } from '../parts/hooks.ts'

/** Withdraws a name; of one with a holder it is proposed, and another person decides. */
export function WithdrawButton({ listing }: { listing: ListingDetail }) {
  const mayWithdraw = useMay('names:withdraw')
  const [isOpen, setOpen] = useState(false)
  if (!mayWithdraw || nextIfAllowed(listingMachine, listing.state, 'withdraw') === undefined) return null
  const isHeld = listing.backorder_id !== undefined
  return (
    <>
      <Button variant="outlined" color="error" onClick={() => setOpen(true)}>
        {isHeld ? 'Propose withdrawal' : 'Withdraw'}
      </Button>
      {isOpen ? <WithdrawDialog listing={listing} isHeld={isHeld} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

type WithdrawDialogProps = {
  readonly listing: ListingDetail
  readonly isHeld: boolean
  readonly onClose: () => void
}

function WithdrawDialog({ listing: { id, name, holder_name }, isHeld, onClose }: WithdrawDialogProps) {
  const withdraw = useAction<Reasoned, unknown>({
    send: (api, { reason }) =>
      isHeld
        ? api.post('proposals/withdrawals', { listing_id: id, reason })
        : api.post(`listings/${id}/withdraw`, { reason }),
    done: () => (isHeld ? 'Withdrawal proposed.' : `${name} withdrawn.`),
    onDone: onClose,
  })
  return (
    <FormDialog<Reasoned>
      title={`${isHeld ? 'Propose the withdrawal of' : 'Withdraw'} ${name}`}
      action={isHeld ? 'Propose' : 'Withdraw'}
      tone="error"
      initial={{ reason: '' }}
      change={withdraw}
      onClose={onClose}
    >
      <Typography>
        {isHeld
          ? `${holder_name ?? 'A customer'} holds this name. Another person decides; on approval the holder is refunded.`
          : 'The name takes no more orders. A later list may list it again; block it to prevent that.'}
      </Typography>
      <ReasonInput />
    </FormDialog>
  )
}
