import type { DropWindowView } from '@droplock/core/drop-lists/read'

/** RFC 5545 §3.1: a line has at most 75 octets without its end. All that is written here is ASCII. */
const LINE_OCTETS_MAX = 75

/**
 * Drop windows and cut-offs as iCalendar (RFC 5545). An event keeps its UID while its day and zone stay, so that a calendar moves it
 * instead of showing it twice; DTSTAMP and SEQUENCE are of the drop list. All times are UTC.
 */
export function writeCalendar({
  madeAt,
  windows,
}: {
  readonly madeAt: Date
  readonly windows: readonly DropWindowView[]
}): string {
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Droplock//Drop windows//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    'NAME:Domain drops',
    'X-WR-CALNAME:Domain drops',
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    'X-PUBLISHED-TTL:PT1H',
    ...windows.flatMap((window) => [...cutoffOf(window, madeAt), ...windowOf(window, madeAt)]),
    'END:VCALENDAR',
  ]
    .map((line) => `${fold(line)}\r\n`)
    .join('')
}

function windowOf(window: DropWindowView, madeAt: Date): readonly string[] {
  const { zone, day, names, dropFrom, dropTo } = window
  return eventOf({
    uid: `${day}-${zone}-drop@droplock`,
    madeAt,
    startsAt: dropFrom,
    endsAt: dropTo,
    summary: `.${zone} drops: ${namesOf(names)}`,
  })
}

/** The first cut-off of that day. */
function cutoffOf(window: DropWindowView, madeAt: Date): readonly string[] {
  const { zone, day, names, cutoffAt } = window
  return eventOf({
    uid: `${day}-${zone}-cutoff@droplock`,
    madeAt,
    startsAt: cutoffAt,
    endsAt: cutoffAt,
    summary: `.${zone}: last orders for ${namesOf(names)}`,
  })
}

type CalendarEvent = {
  readonly uid: string
  readonly madeAt: Date
  readonly startsAt: Date
  readonly endsAt: Date
  readonly summary: string
}

function eventOf({ uid, madeAt, startsAt, endsAt, summary }: CalendarEvent): readonly string[] {
  const hasEnd = endsAt > startsAt
  return [
    'BEGIN:VEVENT',
    `UID:${uid}`,
    `DTSTAMP:${timeOf(madeAt)}`,
    `SEQUENCE:${Math.floor(madeAt.getTime() / 1_000)}`,
    `DTSTART:${timeOf(startsAt)}`,
    ...(hasEnd ? [`DTEND:${timeOf(endsAt)}`] : []),
    `SUMMARY:${summary}`,
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
  ]
}

function namesOf(count: number): string {
  return count === 1 ? '1 name' : `${count} names`
}

/** `20261128T140000Z`. */
function timeOf(at: Date): string {
  return `${at.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`
}

/** A longer line goes on after a line end and a space, which count for the next one. */
function fold(line: string): string {
  if (line.length <= LINE_OCTETS_MAX) return line
  const pieces = [line.slice(0, LINE_OCTETS_MAX)]
  for (let from = LINE_OCTETS_MAX; from < line.length; from += LINE_OCTETS_MAX - 1)
    pieces.push(line.slice(from, from + LINE_OCTETS_MAX - 1))
  return pieces.join('\r\n ')
}
