import { Button, Checkbox, FormControlLabel, Typography } from '@mui/material'
import { useState } from 'react'
import type { Money, Refund } from '../api/types.ts'
import { moneyText, typedAmount } from '../format/money.ts'
import { AmountField, minorOf } from '../parts/AmountField.tsx'
import { useAction, useMay } from '../parts/hooks.ts'
import { ReasonDialog } from '../parts/ReasonDialog.tsx'
import { type DestinationChoice, DestinationField, ReasonCodeField, useReasonCode } from './fields.tsx'

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

/** What is refunded: a payment, and what of it remains. */
export type Refundable = {
  readonly payment_id: string
  readonly name: string | undefined
  readonly account_name: string
  readonly refundable: Money
  /** Paid by card, there are two places it can go to. */
  readonly isByCard: boolean
  /** It topped up: only the card is elsewhere. */
  readonly isTopUp?: boolean
}

type RefundDialogProps = {
  readonly of: Refundable
  /** One person alone, up to this much; without it, a proposal. */
  readonly alone?: Money
  readonly onClose: () => void
}

/** Proposes a refund, or makes a small one at once. What may be done, and where it goes, the server decides. */
export function RefundDialog({ of, alone, onClose }: RefundDialogProps) {
  const most = alone !== undefined && alone.amount_minor < of.refundable.amount_minor ? alone : of.refundable
  const [typed, setTyped] = useState(typedAmount(most))
  const [reasonCode, setReasonCode] = useReasonCode()
  const [destination, setDestination] = useState<DestinationChoice>('rule')
  const [isTold, setTold] = useState(true)
  const amountMinor = minorOf(typed, most.currency)
  const isFine = amountMinor !== undefined && amountMinor > 0 && amountMinor <= most.amount_minor
  const send = useAction({
    send: (api, note: string) =>
      api.post<Refund>(alone === undefined ? 'refunds' : 'refunds/complete', {
        payment_id: of.payment_id,
        amount_minor: amountMinor,
        reason_code: reasonCode,
        note,
        notify: isTold,
        ...(destination === 'rule' ? {} : { destination }),
      }),
    done: told,
    onDone: onClose,
  })
  const name = of.name ?? 'this payment'
  return (
    <ReasonDialog
      title={alone === undefined ? `Propose a refund for ${name}` : `Refund ${name} now`}
      label="Note"
      action={alone === undefined ? 'Propose' : 'Refund'}
      isIncomplete={!isFine}
      isSending={send.isPending}
      error={send.error}
      onConfirm={(note) => send.mutate(note)}
      onClose={onClose}
    >
      <Typography>
        {alone === undefined
          ? `It goes back to ${of.account_name} once another person approves it.`
          : `It goes back to ${of.account_name} at once, by the refund rule. Up to ${moneyText(alone)} of this payment is yours to decide alone.`}
      </Typography>
      <AmountField
        currency={most.currency}
        value={typed}
        onChange={setTyped}
        isFine={isFine}
        help={`More than 0, at most ${moneyText(most)}`}
      />
      <ReasonCodeField value={reasonCode} onChange={setReasonCode} />
      {of.isByCard && alone === undefined ? (
        <DestinationField value={destination} onChange={setDestination} isTopUp={of.isTopUp === true} />
      ) : null}
      <FormControlLabel
        label="Tell the customer"
        control={<Checkbox checked={isTold} onChange={(_event, value) => setTold(value)} size="small" />}
      />
    </ReasonDialog>
  )
}

function told({ state, amount }: Refund): string {
  const text = moneyText(amount)
  if (state === 'proposed') return `${text} proposed. Another person decides.`
  return state === 'succeeded' ? `${text} refunded to the balance.` : `${text} goes to the card.`
}
