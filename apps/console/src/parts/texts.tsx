import { Box, Typography } from '@mui/material'
import { Fragment } from 'react'
import type { Money } from '../api/types.ts'
import { moneyText } from '../format/money.ts'
import { ageText, type Precision, type TwoClocks, twoClocks, twoClocksOfRange } from '../format/time.ts'
import { unicodeName } from '../format/unicode-name.ts'
import { useNow, useZone } from './hooks.ts'

/** A time in UTC and, below, in the operator's time zone. Both name their zone. */
export function TimeText({ at, precision }: { at: string; precision?: Precision }) {
  return <Clocks clocks={twoClocks(at, useZone(), precision)} />
}

/** A window from its start to its end, in both time zones. */
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

/** An age does not have to be exact to the second. */
const AGE_REFRESH_MS = 10_000

/** The time since an instant, which is shown as a tooltip. */
export function AgeText({ since }: { since: string }) {
  return (
    <Box component="time" dateTime={since} title={since} sx={{ whiteSpace: 'nowrap' }}>
      {ageText(since, useNow(AGE_REFRESH_MS))}
    </Box>
  )
}

/** When something that waits for a person began: how long ago while it is open, the time once it is closed. */
export function Since({ at, isOpen }: { at: string; isOpen: boolean }) {
  return isOpen ? (
    <strong style={{ whiteSpace: 'nowrap' }}>
      <AgeText since={at} /> ago
    </strong>
  ) : (
    <TimeText at={at} precision="minutes" />
  )
}

export function MoneyText({ amount }: { amount: Money }) {
  return (
    <Box component="span" sx={{ whiteSpace: 'nowrap' }}>
      {moneyText(amount)}
    </Box>
  )
}

/** A balance. A debt is named in words too: colour is never the only sign. */
export function BalanceText({ balance }: { balance: Money }) {
  if (balance.amount_minor >= 0) return <MoneyText amount={balance} />
  return (
    <Box component="span" sx={{ color: 'error.main', fontWeight: 550, whiteSpace: 'nowrap' }}>
      Owes <MoneyText amount={{ ...balance, amount_minor: -balance.amount_minor }} />
    </Box>
  )
}

/** A name is broken only after so many characters, however narrow its column is. */
const UNBROKEN_CHARACTERS = 28
const unbroken = new RegExp(`.{1,${UNBROKEN_CHARACTERS}}`, 'gu')

/** A name as an A-label and, where it is internationalised, in Unicode below. */
export function NameText({ name }: { name: string }) {
  const unicode = unicodeName(name)
  return (
    <Box component="span" sx={{ fontWeight: 550 }}>
      {(name.match(unbroken) ?? []).map((part, index) => (
        <Fragment key={index}>
          {index === 0 ? null : <wbr />}
          <Box component="span" sx={{ whiteSpace: 'nowrap' }}>
            {part}
          </Box>
        </Fragment>
      ))}
      {unicode === undefined ? null : (
        <Typography component="span" variant="caption" color="textSecondary" sx={{ display: 'block' }}>
          {unicode}
        </Typography>
      )}
    </Box>
  )
}
