import { isCurrency } from '@droplock/rules/money/currency'
import { formatAmount, money, parseAmount } from '@droplock/rules/money/money'
import { type RefundReason, refundReasons } from '@droplock/rules/refunds/decide-manual'
import { MenuItem, TextField, Typography } from '@mui/material'
import { useState } from 'react'
import type { BackorderDetail, Money, Refund } from '../api/types.ts'
import { moneyText } from '../format/money.ts'
import { words } from '../format/words.ts'
import { ReasonDialog } from '../parts/ReasonDialog.tsx'
import { useAction } from '../parts/use-action.ts'

type Proposal = { readonly amount_minor: number; readonly reason_code: RefundReason; readonly note: string }

/** Proposes a refund to the customer's balance. Nothing moves before another person agrees. */
export function ProposeRefundDialog({
  backorder,
  onClose,
}: {
  backorder: BackorderDetail
  onClose: () => void
}) {
  const { refundable } = backorder
  const [typed, setTyped] = useState(
    formatAmount(money(BigInt(refundable.amount_minor), refundable.currency)),
  )
  const [reasonCode, setReasonCode] = useState<RefundReason>('goodwill')
  const amountMinor = amountOf(typed, refundable)
  const propose = useAction({
    send: (api, proposal: Proposal) =>
      api.post<Refund>('refunds', { backorder_id: backorder.id, ...proposal }),
    done: ({ amount }) => `${moneyText(amount)} proposed. Another person decides.`,
    onDone: onClose,
  })
  return (
    <ReasonDialog
      title={`Propose a refund for ${backorder.name}`}
      label="Note"
      action="Propose"
      isIncomplete={amountMinor === undefined}
      isSending={propose.isPending}
      error={propose.error}
      onConfirm={(note) =>
        amountMinor !== undefined &&
        propose.mutate({ amount_minor: amountMinor, reason_code: reasonCode, note })
      }
      onClose={onClose}
    >
      <Typography>
        It goes back to {backorder.account_name} by the refund rule once another person approves it.
      </Typography>
      <TextField
        label={`Amount (${refundable.currency})`}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
        error={amountMinor === undefined}
        helperText={`More than 0, at most ${moneyText(refundable)}`}
        slotProps={{ htmlInput: { inputMode: 'decimal' } }}
      />
      <TextField
        select
        label="Reason"
        value={reasonCode}
        onChange={({ target }) =>
          setReasonCode(refundReasons.find((code) => code === target.value) ?? 'other')
        }
      >
        {refundReasons.map((code) => (
          <MenuItem key={code} value={code}>
            {words(code)}
          </MenuItem>
        ))}
      </TextField>
    </ReasonDialog>
  )
}

/** Minor units of what was typed; `undefined` unless it is an amount above 0 and within what remains. */
function amountOf(typed: string, { amount_minor, currency }: Money): number | undefined {
  if (!isCurrency(currency)) return undefined
  const amountMinor = Number(parseAmount(typed.trim(), currency)?.amountMinor ?? 0n)
  return amountMinor > 0 && amountMinor <= amount_minor ? amountMinor : undefined
}
