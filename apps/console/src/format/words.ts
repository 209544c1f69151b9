import type { UnservedReason } from '@droplock/rules/drop/unserved'

/** Codes that are not shown as they are written. */
const labels: Readonly<Record<string, string>> = {
  api_key: 'API key',
  canceled: 'Cancelled',
  receipt: 'Payment received',
  refund_expired: 'Refund not sent',
  secure: 'Order paid',
  settle: 'Order settled',
  mail: 'Email',
  overridden: 'Moved',
  override_undone: 'Move undone',
  quarantined: 'Held back',
  sync_run: 'Sync',
  top_up: 'Top-up',
  top_up_reversed: 'Top-up reversed',
}

/** `too_late` → `Too late`. */
export function words(code: string): string {
  return capitalised(labels[code] ?? code.replaceAll('_', ' '))
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** `1 name`, `2 names`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${new Intl.NumberFormat('en').format(count)} ${count === 1 ? one : many}`
}

/** `1-25 of more than 10,000`: which rows are shown of a list that the server counts up to a bound. */
export function rangeOfMore(rows: {
  readonly from: number
  readonly to: number
  readonly count: number
}): string {
  const { format } = new Intl.NumberFormat('en')
  return `${format(rows.from)}-${format(rows.to)} of more than ${format(rows.count)}`
}

/** So many zones are named before the others are counted. */
const ZONES_NAMED_MAX = 4

/** `.pl, .com.pl`; of many the shortest, and how many more there are. */
export function zonesText(zones: readonly string[]): string {
  const sorted = zones.toSorted((a, b) => depthOf(a) - depthOf(b) || a.localeCompare(b))
  const named = sorted.slice(0, ZONES_NAMED_MAX).map((zone) => `.${zone}`)
  const others = sorted.length - named.length
  return others === 0 ? named.join(', ') : `${named.join(', ')} and ${counted(others, 'other')}`
}

/** How many labels a zone has: 2 for `com.pl`. */
function depthOf(zone: string): number {
  return zone.split('.').length
}

/** The code of why a name is not served, as screens say it. */
export function unservedCode(reason: UnservedReason): string {
  return reason === 'capacity' ? 'short_of_capacity' : reason
}
