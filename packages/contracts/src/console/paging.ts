import { COUNTED_MAX } from '@droplock/rules/counts'
import { z } from '@hono/zod-openapi'
import { text } from '../common/primitives.ts'

export { TimeInput } from '../common/primitives.ts'

/** A page is read by a person. */
const PER_PAGE_MAX = 200
const PER_PAGE_DEFAULT = 25

/** More pages than a person reads, and few enough for the offset to be an integer. */
const PAGE_MAX = 99_999

// Not `z.coerce`: it accepts '', ' 7' and '1e2' as numbers and documents a number that may be null. The query is text, and the document says what the text must be.
const Page = z
  .string()
  .regex(/^[1-9]\d{0,4}$/, `a whole number from 1 to ${PAGE_MAX}`)
  .transform(Number)
  .default(1)
  .openapi({ type: 'integer', minimum: 1, maximum: PAGE_MAX, default: 1 })

const PerPage = z
  .string()
  .regex(/^[1-9]\d{0,2}$/, `a whole number from 1 to ${PER_PAGE_MAX}`)
  .transform(Number)
  .refine((count) => count <= PER_PAGE_MAX, `at most ${PER_PAGE_MAX}`)
  .default(PER_PAGE_DEFAULT)
  .openapi({ type: 'integer', minimum: 1, maximum: PER_PAGE_MAX, default: PER_PAGE_DEFAULT })

/** The query members of a list that is read page by page. */
export const paging = { page: Page, per_page: PerPage } as const

/** The query members of a list that can be sorted by `fields`, with the default order. */
export function sorting<const Fields extends readonly [string, ...string[]]>(
  fields: Fields,
  { field, order }: { readonly field: Fields[number]; readonly order: 'asc' | 'desc' },
) {
  return {
    ...paging,
    sort: z.enum(fields).default(field),
    order: z.enum(['asc', 'desc']).default(order),
  }
}

/** One page, and the number of all items up to a bound. */
export function listOf<Item extends z.ZodType>(item: Item, name: string) {
  return z
    .object({
      items: z.array(item),
      total: z.int().openapi({ description: `How many there are in all, counted up to ${COUNTED_MAX}` }),
      total_is_exact: z.boolean().optional().openapi({
        description: 'False where there are more than `total`; absent where it is not bounded',
      }),
    })
    .openapi(name)
}

/** `true` or `false`, as a query has it. */
export const Flag = z
  .enum(['true', 'false'])
  .transform((flag) => flag === 'true')
  .optional()
  .openapi({ type: 'boolean' })

/** A part of a text that a list is searched for. */
export const Search = text(100).min(1).optional().openapi({ description: 'A part of the name' })
