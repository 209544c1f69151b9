import { payoutActions } from '@droplock/rules/payouts'
import { Button, Typography } from '@mui/material'
import { useState } from 'react'
import type { Payout, PayoutDetail } from '../api/types.ts'
import { moneyText } from '../format/money.ts'
import { FormDialog, type Reasoned, ReasonInput, TextInput } from '../parts/Form.tsx'
import { useAction, useMe } from '../parts/hooks.ts'

/** What this person may do with a payout, by the table that the server decides with. */
export function PayoutButtons({ payout }: { payout: Payout }) {
  const me = useMe()
  const [isOpen, setOpen] = useState(false)
  if (me === undefined) return null
  const facts = { state: payout.state, isMatched: payout.matched_at !== undefined }
  const [action] = payoutActions(facts, me.roles)
  if (action === undefined) return null
  const close = () => setOpen(false)
  return (
    <>
      <Button
        variant={action === 'match' ? 'contained' : 'outlined'}
        sx={{ whiteSpace: 'nowrap' }}
        onClick={() => setOpen(true)}
      >
        {action === 'match' ? 'Match' : 'Undo match'}
      </Button>
      {!isOpen ? null : action === 'match' ? (
        <MatchDialog payout={payout} onClose={close} />
      ) : (
        <UnmatchDialog payout={payout} onClose={close} />
      )}
    </>
  )
}

type DialogProps = { readonly payout: Payout; readonly onClose: () => void }

type Line = Reasoned & { readonly reference: string; readonly date: string }

function MatchDialog({ payout, onClose }: DialogProps) {
  const { id, amount, version, arrives_at, provider_payout_id } = payout
  const match = useAction<Line, PayoutDetail>({
    send: (api, { reference, date, reason }) =>
      api.post(`payouts/${id}/match`, {
        version,
        bank_reference: reference,
        bank_date: date,
        note: reason,
      }),
    done: () => 'Payout matched.',
    onDone: onClose,
  })
  return (
    <FormDialog<Line>
      title={`Match payout of ${moneyText(amount)}`}
      action="Match"
      initial={{ reference: '', date: arrives_at.slice(0, 10), reason: '' }}
      change={match}
      onClose={onClose}
    >
      <Typography>
        Enter the line of the bank statement that has <strong>{moneyText(amount)}</strong> of{' '}
        <code>{provider_payout_id}</code>. Nothing is booked: the ledger has the payout since the provider
        reported it.
      </Typography>
      <TextInput<Line>
        name="reference"
        label="Bank reference"
        required
        helperText="As on the bank statement. Spaces are ignored."
        autoComplete="off"
        slotProps={{ htmlInput: { maxLength: 200 } }}
      />
      <TextInput<Line>
        name="date"
        label="Date on the statement"
        required
        type="date"
        slotProps={{ inputLabel: { shrink: true } }}
      />
      <ReasonInput label="Note" />
    </FormDialog>
  )
}

function UnmatchDialog({ payout, onClose }: DialogProps) {
  const { id, amount, version, bank_reference, bank_date } = payout
  const unmatch = useAction<Reasoned, PayoutDetail>({
    send: (api, { reason }) => api.post(`payouts/${id}/unmatch`, { version, reason }),
    done: () => 'Match undone.',
    onDone: onClose,
  })
  return (
    <FormDialog<Reasoned>
      title={`Undo match of ${moneyText(amount)}`}
      action="Undo match"
      initial={{ reason: '' }}
      change={unmatch}
      onClose={onClose}
    >
      <Typography>
        It is matched to <code>{bank_reference}</code> of {bank_date}. Afterwards it can be matched to another
        line.
      </Typography>
      <ReasonInput />
    </FormDialog>
  )
}
