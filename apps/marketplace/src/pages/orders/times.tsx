import { useFormatter, useLocale } from 'use-intl'
import { unbroken, useBrowserZone } from '../parts/texts.tsx'

const day = { year: 'numeric', month: 'short', day: 'numeric' } as const

/** The clock of a time with all that is known of it: milliseconds where there are some. */
function useClock() {
  const locale = useLocale()
  return (date: Date) =>
    ({
      // As `timeStyle` has it, which cannot be used with milliseconds.
      hour: locale === 'zh' ? '2-digit' : 'numeric',
      minute: '2-digit',
      second: '2-digit',
      ...(date.getMilliseconds() > 0 && { fractionalSecondDigits: 3 as const }),
    }) as const
}

/** A time in the reader's zone, to the millisecond. */
export function InstantText({ at }: { at: string }) {
  const format = useFormatter()
  const clock = useClock()
  const zone = useBrowserZone()
  const date = new Date(at)
  const text = unbroken(format.dateTime(date, { ...day, ...clock(date), timeZone: zone ?? 'UTC' }))
  return (
    <time dateTime={at} className="instant">
      {zone === undefined ? `${text} UTC` : text}
    </time>
  )
}

/** The same where many stand below each other: the day is small. */
export function StackedInstant({ at }: { at: string }) {
  const format = useFormatter()
  const clock = useClock()
  const timeZone = useBrowserZone() ?? 'UTC'
  const date = new Date(at)
  return (
    <time dateTime={at} className="instant">
      {unbroken(format.dateTime(date, { ...clock(date), timeZone }))}{' '}
      <small>{format.dateTime(date, { ...day, timeZone })}</small>
    </time>
  )
}
