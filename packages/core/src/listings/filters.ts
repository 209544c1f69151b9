import { readLabelPattern } from '@droplock/rules/label-pattern'
import { Refusal } from '@droplock/rules/refusals'
import { type RawBuilder, sql } from 'kysely'
import { escapeLike } from '../database/page.ts'

/** What resellers filter by. What is left out filters nothing. */
export type ListingFilter = {
  /** A part of the label, as an A-label. */
  readonly q?: string | undefined
  /** The whole label, as an A-label. */
  readonly label?: string | undefined
  readonly startsWith?: string | undefined
  readonly endsWith?: string | undefined
  readonly zones?: readonly string[] | undefined
  readonly lengthMin?: number | undefined
  readonly lengthMax?: number | undefined
  readonly digits?: 'none' | 'any' | 'only' | undefined
  readonly hyphens?: 'none' | 'any' | undefined
  readonly idn?: boolean | undefined
  /** `digits`, `letters`, or a pattern that `readLabelPattern` knows. */
  readonly shape?: string | undefined
}

/** A trigram has three characters: of fewer, an index finds nothing. */
export const PART_CHARACTERS_MIN = 3

/** What a label consists of, as `label_class` has it. */
type LabelClass = 'l' | 'd' | '-' | 'ld' | 'l-' | 'd-' | 'ld-' | 'idn'

const classesBy = {
  digits: { none: ['l', 'l-'], any: ['d', 'ld', 'd-', 'ld-'], only: ['d'] },
  hyphens: { none: ['l', 'd', 'ld'], any: ['l-', 'd-', 'ld-'] },
} as const satisfies Record<string, Record<string, readonly LabelClass[]>>

const notIdn: readonly LabelClass[] = ['l', 'd', 'ld', 'l-', 'd-', 'ld-']

/**
 * The filter as conditions on `listing`, each of which an index can answer. Throws Refusal: search_text_too_short, invalid_request (a
 * shape that is none).
 */
export function conditionsOf(filter: ListingFilter): readonly RawBuilder<boolean>[] {
  return [
    ...textConditions(filter),
    ...lengthConditions(filter),
    ...classConditions(filter),
    ...shapeConditions(filter),
    ...(filter.zones === undefined ? [] : [sql<boolean>`listing.zone = any(${[...filter.zones]}::text[])`]),
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

/** Throws Refusal('search_text_too_short'). */
function containsPart(part: string): RawBuilder<boolean> {
  if (part.length < PART_CHARACTERS_MIN) {
    throw new Refusal(
      'search_text_too_short',
      `A part of a label has at least ${PART_CHARACTERS_MIN} characters; starts_with and ends_with may have fewer.`,
      { characters_min: PART_CHARACTERS_MIN },
    )
  }
  return sql<boolean>`listing.label like ${`%${escapeLike(part)}%`}`
}

function* lengthConditions({ lengthMin, lengthMax }: ListingFilter): Iterable<RawBuilder<boolean>> {
  if (lengthMin !== undefined) yield sql<boolean>`listing.label_length >= ${lengthMin}::smallint`
  if (lengthMax !== undefined) yield sql<boolean>`listing.label_length <= ${lengthMax}::smallint`
}

function* classConditions({ digits, hyphens, idn }: ListingFilter): Iterable<RawBuilder<boolean>> {
  if (digits !== undefined) yield isOfClass(classesBy.digits[digits])
  if (hyphens !== undefined) yield isOfClass(classesBy.hyphens[hyphens])
  if (idn !== undefined) yield isOfClass(idn ? ['idn'] : notIdn)
}

function isOfClass(classes: readonly LabelClass[]): RawBuilder<boolean> {
  return sql<boolean>`listing.label_class = any(${[...classes]}::text[])`
}

function shapeConditions({ shape }: ListingFilter): readonly RawBuilder<boolean>[] {
  if (shape === undefined) return []
  if (shape === 'letters') return [isOfClass(['l'])]
  if (shape === 'digits') return [isOfClass(['d'])]
  const pattern = readLabelPattern(shape)
  if (pattern === undefined) throw new Refusal('invalid_request', 'This is no shape of a label.', { shape })
  const column = sql.ref(pattern.of === 'kinds' ? 'listing.label_kinds' : 'listing.label_repeats')
  return [sql<boolean>`${column} = any(${[...pattern.anyOf]}::text[])`]
}

export function all(conditions: readonly RawBuilder<boolean>[]): RawBuilder<boolean> {
  return conditions.length === 0
    ? sql<boolean>`true`
    : sql<boolean>`(${sql.join([...conditions], sql` and `)})`
}
