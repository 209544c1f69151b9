import { type CsvLine, readCsv } from '../csv.ts'
import { isCurrency, parseAmount } from '../money.ts'
import { parseName } from '../names.ts'
import type { ToAscii } from '../ports/ids.ts'
import { type LabelMatch, type PriceKind, priceKinds, readLabelMatch } from './match.ts'

/** Lines of an uploaded list: so many are written and started within seconds. */
export const PRICE_LINES_MAX = 100_000

/** Rules by pattern or length in one list: each is compared with every name that is added. */
export const PATTERN_RULES_MAX = 200

export type PriceReject =
  | 'wrong_number_of_fields'
  | 'unknown_kind'
  | 'unknown_zone'
  | 'name_not_served'
  | 'unusable_match'
  | 'unknown_currency'
  | 'unusable_amount'
  | 'unusable_time'
  | 'repeated'
  | 'too_many_patterns'

/** A line of a price list. */
export type ListedPrice = {
  readonly line: number
  readonly zone: string | null
  readonly kind: PriceKind
  readonly match: string
  readonly label: LabelMatch
  readonly currency: string
  /** Minor units; null ends the price. */
  readonly amountMinor: bigint | null
  /** Undefined: at once. */
  readonly startsAt: Date | undefined
}

export type PriceListRead =
  | { readonly kind: 'unusable'; readonly reason: string }
  | {
      readonly kind: 'list'
      readonly prices: readonly ListedPrice[]
      readonly rejects: readonly { readonly line: number; readonly reason: PriceReject }[]
    }

/**
 * Reads a price list: `kind,zone,match,currency,amount,starts_at`. An empty zone, or no such column, means all zones; a name has its
 * zone in it. An empty amount ends the price, and an empty `starts_at` means at once; otherwise it is a time with its offset. Repeated
 * lines for one match, currency and time are rejected, because one of them would be lost.
 */
export function readPriceList(text: string, zones: ReadonlySet<string>, toAscii: ToAscii): PriceListRead {
  const table = readCsv(text, ['kind', 'zone', 'match', 'currency', 'amount', 'starts_at'], {
    optional: ['zone', 'starts_at'],
    linesMax: PRICE_LINES_MAX,
  })
  if (table.kind === 'unusable') return table
  const prices: ListedPrice[] = []
  const rejects: { line: number; reason: PriceReject }[] = []
  const seen = new Set<string>()
  const patterns = new Set<string>()
  for (const line of table.lines) {
    const price = readLine(line, zones, toAscii)
    const reason = typeof price === 'string' ? price : findConflict(price, seen, patterns)
    if (reason !== undefined) rejects.push({ line: line.line, reason })
    else if (typeof price !== 'string') prices.push(price)
  }
  return { kind: 'list', prices, rejects }
}

function findConflict(price: ListedPrice, seen: Set<string>, patterns: Set<string>): PriceReject | undefined {
  const { zone, kind, match, currency, startsAt } = price
  const rule = `${kind} ${zone ?? ''} ${match}`
  const key = `${rule} ${currency} ${startsAt?.toISOString() ?? ''}`
  if (seen.has(key)) return 'repeated'
  seen.add(key)
  if (kind === 'pattern' || kind === 'length') patterns.add(rule)
  return patterns.size > PATTERN_RULES_MAX ? 'too_many_patterns' : undefined
}

function readLine(
  { line, fields }: CsvLine,
  zones: ReadonlySet<string>,
  toAscii: ToAscii,
): ListedPrice | PriceReject {
  const { kind: word = '', zone: zoneText = '', match: matchText, currency = '', amount = '' } = fields
  if (matchText === undefined) return 'wrong_number_of_fields'
  const kind = priceKinds.find((each) => each === word.toLowerCase())
  if (kind === undefined) return 'unknown_kind'
  const matched = kind === 'name' ? readName(matchText, zones, toAscii) : readMatch(kind, matchText)
  if (typeof matched === 'string') return matched
  const zone = zoneText === '' || kind === 'name' ? null : zoneText.toLowerCase()
  if (zone !== null && !zones.has(zone)) return 'unknown_zone'
  if (!isCurrency(currency)) return 'unknown_currency'
  const amountMinor = amount === '' ? null : parseAmount(amount, currency)?.amountMinor
  if (amountMinor === undefined || (amountMinor !== null && amountMinor <= 0n)) return 'unusable_amount'
  const startsAt = readTime(fields['starts_at'] ?? '')
  if (startsAt === 'unusable_time') return startsAt
  return { line, zone, kind, ...matched, currency, amountMinor, startsAt }
}

function readName(text: string, zones: ReadonlySet<string>, toAscii: ToAscii) {
  const parsed = parseName(text, zones, toAscii)
  return parsed.kind === 'reject'
    ? ('name_not_served' as const)
    : { match: parsed.name, label: { weight: 0 } }
}

function readMatch(kind: Exclude<PriceKind, 'name'>, match: string) {
  const label = readLabelMatch(kind, match)
  return label === undefined ? ('unusable_match' as const) : { match, label }
}

const instant = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d)$/

function readTime(text: string): Date | undefined | 'unusable_time' {
  if (text === '') return undefined
  const time = new Date(text.replace(' ', 'T'))
  return instant.test(text) && !Number.isNaN(time.getTime()) ? time : 'unusable_time'
}
