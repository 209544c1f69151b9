import { Box, Typography } from '@mui/material'
import type { Money } from '../api/types.ts'
import { moneyText } from '../format/money.ts'
import { ageText, type Precision, type TwoClocks, twoClocks, twoClocksOfRange } from '../format/time.ts'
import { unicodeName } from '../format/unicode-name.ts'
import { useNow, useZone } from './hooks.ts'

/** A time in UTC and, below, on the operator's own clock; both say which they are. */
export function TimeText({ at, precision }: { at: string; precision?: Precision }) {
  return <Clocks clocks={twoClocks(at, useZone(), precision)} />
}

/** A window from its start to its end, on both clocks. */
export function WindowText({ from, to, precision }: { from: string; to: string; precision?: Precision }) {
  return <Clocks clocks={twoClocksOfRange(from, to, useZone(), precision)} />
}

function Clocks({ clocks: { utc, local } }: { clocks: TwoClocks }) {
  return (
    <Box component="span" sx={{ display: 'inline-block', whiteSpace: 'nowrap' }}>
      {utc}
      {local === undefined ? null : (
        <Typography component="span" variant="caption" color="textSecondary" sx={{ display: 'block' }}>
          {local}
        </Typography>
      )}
    </Box>
  )
}

/** An age is read at a glance, not to the second. */
const everyMs = 10_000

/** How long something waits; who points at it sees since when. */
export function AgeText({ since }: { since: string }) {
  return (
    <Box component="time" dateTime={since} title={since} sx={{ whiteSpace: 'nowrap' }}>
      {ageText(since, useNow(everyMs))}
    </Box>
  )
}

export function MoneyText({ amount }: { amount: Money }) {
  return (
    <Box component="span" sx={{ whiteSpace: 'nowrap' }}>
      {moneyText(amount)}
    </Box>
  )
}

/** A balance; a debt says so in words too, colour is never the only sign. */
export function BalanceText({ balance }: { balance: Money }) {
  if (balance.amount_minor >= 0) return <MoneyText amount={balance} />
  return (
    <Box component="span" sx={{ color: 'error.main', fontWeight: 550, whiteSpace: 'nowrap' }}>
      owes <MoneyText amount={{ ...balance, amount_minor: -balance.amount_minor }} />
    </Box>
  )
}

/** A name as the registry knows it, and as people write it where that differs. */
export function NameText({ name }: { name: string }) {
  const unicode = unicodeName(name)
  return (
    <Box component="span" sx={{ fontWeight: 550, overflowWrap: 'anywhere' }}>
      {name}
      {unicode === undefined ? null : (
        <Typography component="span" variant="caption" color="textSecondary" sx={{ display: 'block' }}>
          {unicode}
        </Typography>
      )}
    </Box>
  )
}
