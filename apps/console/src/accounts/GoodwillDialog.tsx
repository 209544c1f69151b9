import { Typography } from '@mui/material'
import type { Account, Proposal } from '../api/types.ts'
import { AmountInput, FormDialog, minorOf, ReasonInput } from '../parts/Form.tsx'
import { useAction } from '../parts/hooks.ts'

/** The server takes no larger credit. Minor units. */
const GOODWILL_MINOR_MAX = 10_000_000

type Values = { readonly amount: string; readonly reason: string }

/** Proposes a goodwill credit; another person approves it. */
export function GoodwillDialog({ account, onClose }: { account: Account; onClose: () => void }) {
  const { id, name, currency } = account
  const propose = useAction<Values, Proposal>({
    send: (api, { amount, reason }) =>
      api.post('proposals/goodwill-credits', {
        account_id: id,
        amount_minor: minorOf(amount, currency),
        currency,
        reason,
      }),
    done: () => `Goodwill credit for ${name} proposed. Another person decides.`,
    onDone: onClose,
  })
  return (
    <FormDialog<Values>
      title={`Propose goodwill credit for ${name}`}
      action="Propose"
      initial={{ amount: '', reason: '' }}
      change={propose}
      onClose={onClose}
    >
      <Typography>
        Once another person approves, the amount is on the balance, booked as our cost, and the reseller is
        notified. The reason stays with us.
      </Typography>
      <AmountInput<Values>
        name="amount"
        currency={currency}
        minorMin={1}
        minorMax={GOODWILL_MINOR_MAX}
        helperText="More than 0"
      />
      <ReasonInput />
    </FormDialog>
  )
}
