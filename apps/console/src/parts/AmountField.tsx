import { isCurrency, parseAmount } from '@droplock/rules/money'
import { TextField } from '@mui/material'

type AmountFieldProps = {
  readonly label?: string
  readonly currency: string
  readonly value: string
  readonly onChange: (value: string) => void
  /** Whether what was typed is taken. */
  readonly isFine: boolean
  /** Which amounts are taken. */
  readonly help?: string
}

/** An amount typed in major units, with its currency in the label. */
export function AmountField({ label = 'Amount', currency, value, onChange, isFine, help }: AmountFieldProps) {
  return (
    <TextField
      label={`${label} (${currency})`}
      value={value}
      onChange={({ target }) => onChange(target.value)}
      error={!isFine && value.trim() !== ''}
      helperText={help}
      required
      autoComplete="off"
      slotProps={{ htmlInput: { inputMode: 'decimal' } }}
    />
  )
}

/** Minor units of what was typed; `undefined` where it is no amount of the currency from 0, or more than a number holds exactly. */
export function minorOf(typed: string, currency: string): number | undefined {
  if (!isCurrency(currency)) return undefined
  const amountMinor = Number(parseAmount(typed.trim(), currency)?.amountMinor ?? -1n)
  return amountMinor >= 0 && Number.isSafeInteger(amountMinor) ? amountMinor : undefined
}
