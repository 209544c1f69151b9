import { z } from '@hono/zod-openapi'
import { DomainName, Id, Money, Time } from '../common/primitives.ts'

const party = {
  legal_name: z.string(),
  address: z.array(z.string()),
  country: z.string().openapi({ description: 'ISO 3166-1 alpha-2', example: 'DE' }),
  tax_id: z.string().optional(),
}

/** Nothing of it ever changes; what is refunded later gets a credit note of its own. */
export const Invoice = z
  .object({
    id: Id,
    kind: z.enum(['invoice', 'credit_note']),
    number: z.string().openapi({
      description: 'Without a gap in its series; of a test it begins with TEST',
      example: 'INV-2026-000017',
    }),
    issued_at: Time,
    backorder_id: Id.optional().openapi({ description: 'What the invoice of a backorder is of' }),
    renewal_id: Id.optional().openapi({ description: 'What the invoice of a renewal is of' }),
    credits: z
      .object({ invoice_id: Id, number: z.string(), refund_id: Id })
      .optional()
      .openapi({ description: 'Of a credit note: the invoice it takes back from, and the refund it is for' }),
    seller: z.object(party),
    buyer: z.object({ ...party, email: z.string() }),
    line: z.object({
      of: z.enum(['registration', 'renewal']),
      name: DomainName,
      name_unicode: z.string(),
      years: z.int(),
      service_from: Time,
      service_to: Time,
    }),
    gross: Money.openapi({ description: 'What the buyer paid, or gets back by a credit note' }),
    net: Money,
    tax: Money.openapi({ description: 'Contained in the gross' }),
    tax_basis_points: z.int().openapi({ description: '1900 is 19 %', example: 1900 }),
    tax_note: z.string().optional(),
  })
  .openapi('Invoice')
