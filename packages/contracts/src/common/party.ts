import { z } from '@hono/zod-openapi'

// The parties of an invoice.

/** `\P{Cc}` in a form that means the same with the flag `u` and without. */
// oxlint-disable-next-line no-control-regex
const oneLine = /^[^\x00-\x1f\x7f-\x9f]*$/

/** One line of text without control characters, for addresses and pages. */
export const line = (max: number) => z.string().trim().min(1).max(max).regex(oneLine, 'one line of text')

/** An invoice has room for so many. */
const ADDRESS_LINES_MAX = 6

export const party = {
  legal_name: line(200).openapi({ example: 'Example Domains GmbH' }),
  address: z
    .array(line(120))
    .min(1)
    .max(ADDRESS_LINES_MAX)
    .openapi({
      description: 'The lines of the address as on an envelope, without the country',
      example: ['Beispielweg 7', '10115 Berlin'],
    }),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'two letters')
    .openapi({ description: 'ISO 3166-1 alpha-2', example: 'DE' }),
  tax_id: line(40).optional().openapi({
    description: 'For example a VAT number; leave it out if there is none',
    example: 'DE123456789',
  }),
} as const
