import { z } from '@hono/zod-openapi'

/** No control characters: they would stand in no address, and in no page. */
const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^\P{Cc}*$/u, 'one line of text')

/** A page has room for so many. */
const addressLinesMax = 6

/** Whom invoices are for. Copied to each invoice: a later change changes none that was issued. */
export const BillingProfile = z
  .strictObject({
    legal_name: line(200).openapi({ example: 'Example Domains GmbH' }),
    address: z
      .array(line(120))
      .min(1)
      .max(addressLinesMax)
      .openapi({
        description: 'Its lines as on an envelope, without the country',
        example: ['Beispielweg 7', '10115 Berlin'],
      }),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/, 'two letters')
      .openapi({ description: 'ISO 3166-1 alpha-2', example: 'DE' }),
    tax_id: line(40)
      .optional()
      .openapi({ description: 'Such as a VAT number; left out where there is none', example: 'DE123456789' }),
    email: z
      .email()
      .max(254)
      .openapi({ description: 'Where invoices are to go', example: 'accounts@example.com' }),
  })
  .openapi('BillingProfile')
