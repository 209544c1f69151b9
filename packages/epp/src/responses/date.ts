/** `xs:dateTime`; the zone is optional there, and RFC 5730 §2 demands UTC. */
const DATE_TIME = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(?:\.(\d+))?(Z|[+-]\d{2}:\d{2})?$/u

export type Instant = {
  /** Truncated to the millisecond, never rounded up. */
  readonly date: Date
  /** How much later the exact instant may be, in milliseconds: 1000 for whole seconds, 100 for one digit, at least 1. */
  readonly resolutionMs: number
}

/** Reads an EPP date-time, with or without a fraction of any length. `undefined` for any other text. */
export function readInstant(text: string | undefined): Instant | undefined {
  const match = DATE_TIME.exec(text?.trim() ?? '')
  if (match === null) return undefined
  const [, day = '', time = '', fraction = '', zone = 'Z'] = match
  const date = new Date(`${day}T${time}.${fraction.slice(0, 3).padEnd(3, '0')}${zone}`)
  if (Number.isNaN(date.getTime())) return undefined
  return { date, resolutionMs: 10 ** (3 - Math.min(fraction.length, 3)) }
}

export function readDate(text: string | undefined): Date | undefined {
  return readInstant(text)?.date
}
