import { readLabelPattern } from '@droplock/rules/label-pattern'
import { Refusal } from '@droplock/rules/refusals'
import { type RawBuilder, sql } from 'kysely'
import { escapeLike } from '../database/page.ts'
import { isLive } from '../is-listed.ts'

/** What resellers filter by. What is left out filters nothing. */
export type ListingFilter = {
  /** A part of the label, as an A-label. */
  readonly q?: string | undefined
  /** The whole label, as an A-label. */
  readonly label?: string | undefined
  readonly startsWith?: string | undefined
  readonly endsWith?: string | undefined
  readonly lengthMin?: number | undefined
  readonly lengthMax?: number | undefined
  readonly digits?: 'none' | 'any' | 'only' | undefined
  readonly hyphens?: 'none' | 'any' | undefined
  readonly idn?: boolean | undefined
  /** `digits`, `letters`, or a pattern that `readLabelPattern` knows. */
  readonly shape?: string | undefined
}

/** A trigram has three letters or digits in a row: by fewer, an index finds nothing. */
export const PART_CHARACTERS_MIN = 3

const hasTrigram = /[a-z0-9]{3}/

/** What a label consists of, as `label_class` has it. */
type LabelClass = 'l' | 'd' | '-' | 'ld' | 'l-' | 'd-' | 'ld-' | 'idn'

const classesBy = {
  digits: { none: ['l', 'l-'], any: ['d', 'ld', 'd-', 'ld-'], only: ['d'] },
  hyphens: { none: ['l', 'd', 'ld'], any: ['l-', 'd-', 'ld-'] },
} as const satisfies Record<string, Record<string, readonly LabelClass[]>>

const notIdn: readonly LabelClass[] = ['l', 'd', 'ld', 'l-', 'd-', 'ld-']

/**
 * What the filter says of the label, as conditions on `listing` each of which an index can answer. Throws Refusal: search_text_too_short,
 * invalid_request (a shape that is none).
 */
export function labelConditions(filter: ListingFilter): readonly RawBuilder<boolean>[] {
  return [
    ...textConditions(filter),
    ...lengthConditions(filter),
    ...classConditions(filter),
    ...patternConditions(filter),
  ]
}

function* textConditions({ q, label, startsWith, endsWith }: ListingFilter): Iterable<RawBuilder<boolean>> {
  if (q !== undefined) yield containsPart(q)
  if (label !== undefined) yield sql<boolean>`listing.label = ${label}`
  if (startsWith !== undefined) yield sql<boolean>`listing.label like ${`${escapeLike(startsWith)}%`}`
  if (endsWith !== undefined) {
    const reversed = [...endsWith].toReversed().join('')
    yield sql<boolean>`reverse(listing.label) like ${`${escapeLike(reversed)}%`}`
  }
}

/**
 * A part of a name, for operators: in the label where it has three letters or digits in a row, else at the beginning of the name. With a
 * dot it is the beginning of the name too. Both halves of the listings, live and ended, have an index of their own. Of another name than
 * `listing.name` none has.
 */
export function nameContains(text: string, name?: RawBuilder<string | null>): RawBuilder<boolean> {
  const begins = sql<boolean>`${name ?? sql`listing.name`} like ${`${escapeLike(text)}%`}`
  const [label = '', ...zone] = text.split('.')
  const isPart = (of: RawBuilder<unknown>) => sql<boolean>`${of} like ${`%${escapeLike(label)}%`}`
  const ofLabel =
    name === undefined ? halves(isPart(sql`listing.label`)) : isPart(sql`split_part(${name}, '.', 1)`)
  const part = hasTrigram.test(label) ? ofLabel : sql<boolean>`true`
  if (zone.length > 0) return sql<boolean>`(${begins} and ${part})`
  return hasTrigram.test(label) ? part : begins
}

/** Windows that overlap with a period, both ends included. By the longest window an index finds those that have not ended. */
export function* overlaps({
  from,
  to,
}: {
  readonly from?: Date
  readonly to?: Date
}): Iterable<RawBuilder<boolean>> {
  const longest = sql`(select coalesce(max(drop_to - drop_from), interval '0') from listing)`
  if (from !== undefined)
    yield sql<boolean>`(listing.drop_to >= ${from} and listing.drop_from >= ${from}::timestamptz - ${longest})`
  if (to !== undefined) yield sql<boolean>`listing.drop_from <= ${to}`
}

function halves(condition: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`((${isLive} and ${condition}) or (listing.state not in ('upcoming', 'open', 'closed', 'dropping') and ${condition}))`
}

/** Throws Refusal('search_text_too_short'). */
function containsPart(part: string): RawBuilder<boolean> {
  if (!hasTrigram.test(part)) {
    throw new Refusal(
      'search_text_too_short',
      `A part of a label needs ${PART_CHARACTERS_MIN} letters or digits in a row; starts_with and ends_with may have fewer.`,
      { characters_min: PART_CHARACTERS_MIN },
    )
  }
  return sql<boolean>`listing.label like ${`%${escapeLike(part)}%`}`
}

function* lengthConditions({ lengthMin, lengthMax }: ListingFilter): Iterable<RawBuilder<boolean>> {
  if (lengthMin !== undefined) yield sql<boolean>`listing.label_length >= ${lengthMin}::smallint`
  if (lengthMax !== undefined) yield sql<boolean>`listing.label_length <= ${lengthMax}::smallint`
}

/** The classes that meet all conditions, so that the server knows how many names have one of them. */
function classConditions({ digits, hyphens, idn, shape }: ListingFilter): readonly RawBuilder<boolean>[] {
  const wanted: readonly (readonly LabelClass[])[] = [
    ...(digits === undefined ? [] : [classesBy.digits[digits]]),
    ...(hyphens === undefined ? [] : [classesBy.hyphens[hyphens]]),
    ...(idn === undefined ? [] : [idn ? (['idn'] as const) : notIdn]),
    ...(shape === 'letters' ? [['l'] as const] : []),
    ...(shape === 'digits' ? [['d'] as const] : []),
  ]
  const [first, ...rest] = wanted
  if (first === undefined) return []
  const classes = first.filter((each) => rest.every((other) => other.includes(each)))
  return [sql<boolean>`listing.label_class = any(${classes}::text[])`]
}

function patternConditions({ shape }: ListingFilter): readonly RawBuilder<boolean>[] {
  if (shape === undefined || shape === 'letters' || shape === 'digits') return []
  const pattern = readLabelPattern(shape)
  if (pattern === undefined)
    throw new Refusal('invalid_request', 'This is no shape of a label.', {}, [
      { parameter: 'shape', detail: 'must be a shape of a label' },
    ])
  const column = sql.ref(pattern.of === 'kinds' ? 'listing.label_kinds' : 'listing.label_repeats')
  return [sql<boolean>`${column} = any(${[...pattern.anyOf]}::text[])`]
}

export function all(conditions: readonly RawBuilder<boolean>[]): RawBuilder<boolean> {
  return conditions.length === 0
    ? sql<boolean>`true`
    : sql<boolean>`(${sql.join([...conditions], sql` and `)})`
}
