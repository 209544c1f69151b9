import { useFormatter } from 'use-intl'
import { useBrowserZone } from '../parts/texts.tsx'

/** A time in the reader's zone with all that is known of it: milliseconds where there are some. */
export function InstantText({ at }: { at: string }) {
  const format = useFormatter()
  const zone = useBrowserZone()
  const date = new Date(at)
  const day = format.dateTime(date, { dateStyle: 'medium', timeZone: zone ?? 'UTC' })
  const time = format.dateTime(date, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    ...(date.getMilliseconds() > 0 && { fractionalSecondDigits: 3 }),
    timeZone: zone ?? 'UTC',
  })
  return (
    <time dateTime={at} className="instant">
      {day}, {time}
      {zone === undefined ? ' UTC' : ''}
    </time>
  )
}
