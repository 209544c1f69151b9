import { DateInput, text } from '@droplock/contracts/common/primitives'
import { listingStates } from '@droplock/contracts/common/words'
import type { SearchListings } from '@droplock/core/listings/search'
import { toAscii } from '@droplock/core/name-as-written'
import { PATTERN_CHARACTERS_MAX } from '@droplock/rules/label-pattern'
import { normaliseName } from '@droplock/rules/names'
import { Refusal } from '@droplock/rules/refusals'
import { z } from '@hono/zod-openapi'
import { Flag } from '../contract.ts'

// The filters of the search, which downloads do not have.

/** RFC 1035 §2.3.4. */
const LABEL_CHARACTERS_MAX = 63

/** A search of more zones is one without them, or several. */
const ZONES_MAX = 50

const labelPart = (description: string, example: string) =>
  z
    .string()
    .regex(/^[A-Za-z0-9-]{1,63}$/, 'one to 63 letters, digits and hyphens')
    .toLowerCase()
    .optional()
    .openapi({ description, example })

const zone = '[A-Za-z0-9-]{1,63}(?:\\.[A-Za-z0-9-]{1,63}){0,7}'

/** One zone. */
export const ZoneInput = z
  .string()
  .regex(new RegExp(`^${zone}$`), 'a zone as A-labels')
  .toLowerCase()
  .optional()
  .openapi({ description: 'Only this zone', example: 'com' })

/** Some zones. */
export const ZonesInput = z
  .string()
  .regex(
    new RegExp(`^${zone}(?:,${zone}){0,${ZONES_MAX - 1}}$`),
    `one to ${ZONES_MAX} zones as A-labels, with commas between`,
  )
  .toLowerCase()
  .optional()
  .openapi({ description: 'One or more zones, with commas between them', example: 'com,net' })

const labelLength = (description: string) =>
  z
    .string()
    .regex(/^(?:[1-9]|[1-5]\d|6[0-3])$/, `a whole number from 1 to ${LABEL_CHARACTERS_MAX}`)
    .transform(Number)
    .optional()
    .openapi({ type: 'integer', minimum: 1, maximum: LABEL_CHARACTERS_MAX, description })

const priceInput = (description: string) =>
  z
    .string()
    .regex(/^\d{1,15}$/, 'a whole number of minor units')
    .transform(Number)
    .optional()
    .openapi({ type: 'integer', minimum: 0, maximum: 999_999_999_999_999, description })

export const searchFilters = {
  q: text(LABEL_CHARACTERS_MAX)
    .regex(/^[^.\s]+$/, 'a part of a label, without dots and spaces')
    .optional()
    .openapi({
      description:
        'A part of the label with at least three letters or digits in a row, in any case. In Unicode it is the whole label, which is searched for as its A-label',
      example: 'shop',
    }),
  starts_with: labelPart('How the label begins; A-labels', 'my'),
  ends_with: labelPart('How the label ends; A-labels', 'app'),
  zone: ZonesInput,
  length_min: labelLength(
    'The least number of characters of the label; that of an IDN is the length of its A-label',
  ),
  length_max: labelLength('The greatest number of characters of the label'),
  digits: z.enum(['none', 'any', 'only']).optional().openapi({
    description: 'Labels without digits, with at least one, or with nothing else. Finds no IDNs',
  }),
  hyphens: z.enum(['none', 'any']).optional().openapi({
    description: 'Labels without hyphens, or with at least one. Finds no IDNs',
  }),
  idn: Flag.openapi({ type: 'boolean', description: 'Only internationalised names, or none' }),
  shape: z
    .string()
    .regex(
      /^(?:letters|digits|[CVLN]{1,6}|A[A-F]{0,5})$/,
      'letters, digits, or a pattern such as CVCV or AABB',
    )
    .optional()
    .openapi({
      description:
        `\`letters\`: only letters; \`digits\`: only digits; or a pattern of up to ${PATTERN_CHARACTERS_MAX} characters. ` +
        '`C` is a consonant, `V` a vowel (a, e, i, o, u), `L` any letter, `N` a digit: `CVCV`, `LLN`. A pattern that begins with ' +
        '`A` says which characters are the same: `AABB`, `ABAB`. Finds no IDNs and no hyphens',
      example: 'CVCV',
    }),
  drop_from: DateInput.optional().openapi({
    description: 'The first day (UTC) on which the drop window begins',
  }),
  drop_to: DateInput.optional().openapi({ description: 'The last such day' }),
  price_min_minor: priceInput('The lowest price, in minor units of your currency'),
  price_max_minor: priceInput('The highest price; names without a price in your currency are left out'),
  state: z.enum(listingStates).default('open'),
  orderable: Flag.openapi({
    type: 'boolean',
    description: 'Names that you can order now, or those that you cannot although they are `open`',
  }),
}

type Query = z.output<z.ZodObject<typeof searchFilters>> & {
  readonly total?: boolean | undefined
  readonly order: SearchListings['order']
  readonly cursor?: string | undefined
  readonly limit: number
}

/** The search that a query asks for. Throws Refusal('invalid_request') for a text that is no part of any label. */
export function readSearch({ q, cursor, zone: zones, ...query }: Query): SearchListings {
  return {
    ...(q !== undefined && readText(q)),
    startsWith: query.starts_with,
    endsWith: query.ends_with,
    zones: zones?.split(','),
    lengthMin: query.length_min,
    lengthMax: query.length_max,
    priceMinMinor: minorOf(query.price_min_minor),
    priceMaxMinor: minorOf(query.price_max_minor),
    digits: query.digits,
    hyphens: query.hyphens,
    idn: query.idn,
    shape: query.shape,
    dropFrom: query.drop_from,
    dropTo: query.drop_to,
    state: query.state,
    orderable: query.orderable,
    total: query.total,
    order: query.order,
    limit: query.limit,
    ...(cursor !== undefined && { after: cursor }),
  }
}

/** A part of an A-label, or a U-label: a part of that is no part of its A-label, so it counts as a whole one. */
function readText(q: string): Pick<SearchListings, 'q' | 'label'> {
  if (/^[A-Za-z0-9-]+$/.test(q)) return { q: q.toLowerCase() }
  const label = normaliseName(q, toAscii)
  if (label === undefined || label.includes('.'))
    throw new Refusal('invalid_request', 'q must be a part of a label.', {}, [
      { parameter: 'q', detail: 'must be a part of a label' },
    ])
  return { label }
}

function minorOf(amount: number | undefined): bigint | undefined {
  return amount === undefined ? undefined : BigInt(amount)
}
