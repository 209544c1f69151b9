import { Box } from '@mui/material'
import type { Money } from '../api/types.ts'
import { moneyText } from '../format/money.ts'

export function MoneyText({ amount }: { amount: Money }) {
  return (
    <Box component="span" sx={{ whiteSpace: 'nowrap' }}>
      {moneyText(amount)}
    </Box>
  )
}
