import { Typography } from '@mui/material'
import type { Money } from '../api/types.ts'
import { AppLink } from '../parts/links.tsx'
import { MoneyText } from '../parts/texts.tsx'

/** An amount of a report, with a link to what it was summed from; a dash where it is nothing. */
export function AmountText({ amount, to }: { amount: Money; to?: string | undefined }) {
  if (amount.amount_minor === 0)
    return (
      <Typography component="span" color="textSecondary">
        –
      </Typography>
    )
  if (to === undefined) return <MoneyText amount={amount} />
  return (
    <AppLink to={to} underline="hover">
      <MoneyText amount={amount} />
    </AppLink>
  )
}
