import { z } from '@hono/zod-openapi'
import { line } from './party.ts'

/** ASCII without control characters, as the `int` form has it. RFC 5733 §2.4. */
const ascii = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[ -~]*$/, 'ASCII')

const country = z
  .string()
  .regex(/^[A-Z]{2}$/, 'two letters')
  .openapi({ description: 'ISO 3166-1 alpha-2', example: 'DE' })

/** RFC 5733 §2.5: at most 17 characters before the extension. */
const phone = z
  .string()
  .regex(/^\+\d{1,3}\.\d{1,14}(?:x\d{1,10})?$/, 'a number like +1.7035555555')
  .openapi({ description: 'ITU E.164: `+`, country code, a dot, the number', example: '+49.305555555' })

const postal = (text: (max: number) => z.ZodString) =>
  z.strictObject({
    name: text(255),
    org: text(255).optional(),
    street: z.array(text(255)).max(3).openapi({ description: 'Up to three lines' }),
    city: text(255),
    province: text(255).optional(),
    postal_code: text(16).optional(),
    country,
  })

/** A contact of a registration, as a registry takes it. RFC 5733 §2, §4; the same rules as `decideContact`. */
export const ContactDetails = z
  .strictObject({
    int: postal(ascii).openapi({ description: 'The internationalised form: ASCII' }),
    loc: postal(line).optional().openapi({ description: 'The localised form, in any script' }),
    voice: phone.optional(),
    fax: phone.optional(),
    email: z.email().max(254).openapi({ example: 'owner@example.com' }),
  })
  .openapi('ContactDetails')
