import type { RefundReason } from '@droplock/rules/refunds/manual'
import { Button, Typography } from '@mui/material'
import { useState } from 'react'
import type { Money, Refund } from '../api/types.ts'
import { moneyText, typedAmount } from '../format/money.ts'
import { AmountInput, CheckboxInput, FormDialog, minorOf, ReasonInput } from '../parts/Form.tsx'
import { useAction, useMay } from '../parts/hooks.ts'
import { type Destination, DestinationInput, destinationOf, ReasonCodeInput, sentText } from './fields.tsx'

/** A payment, and how much of it can be refunded. */
type Refundable = {
  readonly payment_id: string
  readonly name: string | undefined
  readonly account_name: string
  readonly refundable: Money
  /** A card payment can go back to two destinations. */
  readonly isByCard: boolean
  readonly isTopUp?: boolean
}

type RefundActionsProps = {
  readonly of: Refundable
  /** What is left of the person's single-approver limit for this payment, where it is known. */
  readonly alone?: Money
}

/** Refund at once, within the single-approver limit, or propose. */
export function RefundActions({ of, alone }: RefundActionsProps) {
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
          Propose refund
        </Button>
      ) : null}
      {chosen === 'propose' ? <RefundDialog of={of} onClose={close} /> : null}
      {chosen === 'complete' && alone !== undefined ? (
        <RefundDialog of={of} alone={alone} onClose={close} />
      ) : null}
    </>
  )
}

type Values = {
  readonly amount: string
  readonly reasonCode: RefundReason
  readonly destination: Destination
  readonly notify: boolean
  readonly reason: string
}

type RefundDialogProps = RefundActionsProps & { readonly onClose: () => void }

/** Proposes a refund; with `alone`, refunds at once up to that amount. The server decides whether and where to. */
function RefundDialog({ of, alone, onClose }: RefundDialogProps) {
  const most = alone !== undefined && alone.amount_minor < of.refundable.amount_minor ? alone : of.refundable
  const { currency } = most
  const send = useAction({
    send: (api, { amount, reasonCode, destination, notify, reason }: Values) =>
      api.post<Refund>(alone === undefined ? 'refunds' : 'refunds/complete', {
        payment_id: of.payment_id,
        amount_minor: minorOf(amount, currency),
        reason_code: reasonCode,
        note: reason,
        notify,
        ...destinationOf(destination),
      }),
    done: sentText,
    onDone: onClose,
  })
  const name = of.name ?? 'this payment'
  return (
    <FormDialog<Values>
      title={alone === undefined ? `Propose refund for ${name}` : `Refund ${name} now`}
      action={alone === undefined ? 'Propose' : 'Refund'}
      initial={{
        amount: typedAmount(most),
        reasonCode: 'goodwill',
        destination: 'default',
        notify: true,
        reason: '',
      }}
      change={send}
      onClose={onClose}
    >
      <Typography>
        {alone === undefined
          ? `${of.account_name} is refunded once another person approves.`
          : `${of.account_name} is refunded at once, to the default destination. You may refund up to ${moneyText(alone)} of this payment without approval.`}
      </Typography>
      <AmountInput<Values>
        name="amount"
        currency={currency}
        minorMin={1}
        minorMax={most.amount_minor}
        helperText={`Up to ${moneyText(most)}`}
      />
      <ReasonCodeInput />
      {of.isByCard && alone === undefined ? <DestinationInput isTopUp={of.isTopUp === true} /> : null}
      <CheckboxInput<Values> name="notify" label="Notify the customer" />
      <ReasonInput label="Note" />
    </FormDialog>
  )
}
