import { Box } from '@mui/material'
import type { Money } from '../api/types.ts'
import { MoneyText } from '../parts/MoneyText.tsx'

/** A balance; a debt says so in words too, colour is never the only sign. */
export function BalanceText({ balance }: { balance: Money }) {
  if (balance.amount_minor >= 0) return <MoneyText amount={balance} />
  return (
    <Box component="span" sx={{ color: 'error.main', fontWeight: 550, whiteSpace: 'nowrap' }}>
      owes <MoneyText amount={{ ...balance, amount_minor: -balance.amount_minor }} />
    </Box>
  )
}
