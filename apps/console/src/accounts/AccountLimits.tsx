import { Button, Stack, TextField, Typography } from '@mui/material'
import { useState } from 'react'
import type { Account } from '../api/types.ts'
import { moneyText, typedAmount } from '../format/money.ts'
import { AmountField, minorOf } from '../parts/AmountField.tsx'
import { Facts } from '../parts/Facts.tsx'
import { useAction, useMay } from '../parts/hooks.ts'
import { Section } from '../parts/Page.tsx'
import { ReasonDialog } from '../parts/ReasonDialog.tsx'
import { holdLimitOf } from './AccountsPage.tsx'

/** What the account is allowed, and who may change it. */
export function AccountLimits({ account }: { account: Account }) {
  const [chosen, setChosen] = useState<'credit' | 'holds'>()
  const maySetCredit = useMay('credit:set')
  const maySetHolds = useMay('holds:set')
  const close = () => setChosen(undefined)
  return (
    <Section title="Limits">
      <Facts
        narrow
        facts={[
          ['Credit', moneyText(account.credit_limit)],
          ['Unpaid holds now', `${account.open_holds} of ${holdLimitOf(account)}`],
          ['Before the first paid order', account.open_holds_max_before_paid],
          ['After it', account.open_holds_max],
        ]}
      />
      <Stack direction="row" sx={{ gap: 1, px: 2, pb: 1.5, '&:empty': { display: 'none' } }}>
        {maySetCredit ? (
          <Button variant="outlined" onClick={() => setChosen('credit')}>
            Set the credit
          </Button>
        ) : null}
        {maySetHolds ? (
          <Button variant="outlined" onClick={() => setChosen('holds')}>
            Set the holds
          </Button>
        ) : null}
      </Stack>
      {chosen === 'credit' ? <CreditDialog account={account} onClose={close} /> : null}
      {chosen === 'holds' ? <HoldsDialog account={account} onClose={close} /> : null}
    </Section>
  )
}

type DialogProps = { readonly account: Account; readonly onClose: () => void }

function CreditDialog({ account, onClose }: DialogProps) {
  const { id, name, currency, credit_limit, balance } = account
  const [typed, setTyped] = useState(typedAmount(credit_limit))
  const limitMinor = minorOf(typed, currency)
  const set = useAction({
    send: (api, reason: string) =>
      api.post<Account>(`accounts/${id}/credit-limit`, { limit_minor: limitMinor, reason }),
    done: (changed) => `${name} may owe up to ${moneyText(changed.credit_limit)}.`,
    onDone: onClose,
  })
  const isBeyond = limitMinor !== undefined && balance.amount_minor + limitMinor < 0
  return (
    <ReasonDialog
      title={`Credit of ${name}`}
      action="Set"
      isIncomplete={limitMinor === undefined}
      isSending={set.isPending}
      error={set.error}
      onConfirm={(reason) => set.mutate(reason)}
      onClose={onClose}
    >
      <AmountField
        label="May owe up to"
        currency={currency}
        value={typed}
        onChange={setTyped}
        isFine={limitMinor !== undefined}
        help="0 ends the credit"
      />
      {isBeyond ? (
        <Typography>It owes more than that already: nothing more is spent until it is paid.</Typography>
      ) : null}
    </ReasonDialog>
  )
}

function HoldsDialog({ account, onClose }: DialogProps) {
  const [before, setBefore] = useState(String(account.open_holds_max_before_paid))
  const [after, setAfter] = useState(String(account.open_holds_max))
  const isFine = isWhole(before) && isWhole(after) && Number(before) <= Number(after)
  const set = useAction({
    send: (api, reason: string) =>
      api.post<Account>(`accounts/${account.id}/hold-limits`, {
        before_paid: Number(before),
        after_paid: Number(after),
        reason,
      }),
    done: () => 'The limits are set.',
    onDone: onClose,
  })
  return (
    <ReasonDialog
      title={`Unpaid holds of ${account.name}`}
      action="Set"
      isIncomplete={!isFine}
      isSending={set.isPending}
      error={set.error}
      onConfirm={(reason) => set.mutate(reason)}
      onClose={onClose}
    >
      <Typography>An unpaid order keeps a name from everybody else. So they are few, and short.</Typography>
      <HoldsField label="At once, before the first paid order" value={before} onChange={setBefore} />
      <HoldsField label="At once, after it" value={after} onChange={setAfter} />
    </ReasonDialog>
  )
}

type HoldsFieldProps = {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
}

function HoldsField({ label, value, onChange }: HoldsFieldProps) {
  return (
    <TextField
      label={label}
      value={value}
      onChange={({ target }) => onChange(target.value)}
      error={!isWhole(value)}
      helperText="From 1, and no lower after than before"
      required
      slotProps={{ htmlInput: { inputMode: 'numeric' } }}
    />
  )
}

function isWhole(text: string): boolean {
  return /^[1-9]\d{0,3}$/.test(text.trim())
}
