import { z } from '@hono/zod-openapi'

/** A page is one query of a few milliseconds; more rows than this want another page. */
const limitMax = 200
export const limitDefault = 50

/**
 * Not `z.coerce`: it takes '', ' 7' and '1e2' for numbers and documents a number that may be null. The query is text, and
 * the document says what the text must be.
 */
export const Limit = z
  .string()
  .regex(/^[1-9]\d{0,2}$/, `a whole number from 1 to ${limitMax}`)
  .transform(Number)
  .refine((limit) => limit <= limitMax, `at most ${limitMax}`)
  .optional()
  .openapi({
    type: 'integer',
    minimum: 1,
    maximum: limitMax,
    default: limitDefault,
    description: 'Items of a page',
  })

export const Cursor = z
  .uuid()
  .optional()
  .openapi({ description: 'The `next` of an earlier page, to read the one after it' })

/** A page of items; `next` is absent on the last one. */
export function pageOf<Item extends z.ZodType>(item: Item, name: string) {
  return z
    .object({
      items: z.array(item),
      next: z.string().optional().openapi({ description: 'The cursor of the next page; absent on the last' }),
    })
    .openapi(name)
}
