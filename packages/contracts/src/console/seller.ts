import { TAX_BASIS_POINTS_MAX } from '@droplock/rules/invoices'
import { hasEuVatId } from '@droplock/rules/reverse-charge'
import { createRoute, z } from '@hono/zod-openapi'
import { line, party } from '../common/party.ts'
import { Time } from '../common/primitives.ts'
import { body, json } from '../common/responses.ts'
import { changeProblems, changes, Reason, readProblems, reads } from './operation.ts'

const Mode = z.enum(['live', 'test'])

const terms = {
  ...party,
  tax_basis_points: z
    .int()
    .min(0)
    .max(TAX_BASIS_POINTS_MAX)
    .openapi({ description: 'Included in prices; 1900 is 19 %', example: 1900 }),
  tax_note: line(200).optional().openapi({ description: 'Printed on every invoice' }),
  reverse_charge: z.boolean().optional().openapi({
    default: false,
    description:
      'Invoices to businesses with a VAT ID of another member state of the EU have no tax, and say that the recipient accounts for it',
  }),
} as const

export const Seller = z
  .object({
    database_mode: Mode.openapi({
      description: 'The mode of the database; invoices of a test database say TEST',
    }),
    seller: z
      .object({ ...terms, mode: Mode, updated_at: Time })
      .optional()
      .openapi({ description: 'Absent until a seller is set; no invoices can be issued until then' }),
  })
  .openapi('Seller')

const ChangeSeller = z
  .strictObject({ ...terms, reason: Reason })
  .refine(
    ({ reverse_charge, country, tax_id: taxId = null }) =>
      reverse_charge !== true || hasEuVatId({ country, taxId }),
    { path: ['tax_id'], error: 'must be a VAT ID of the country, a member state of the EU' },
  )
  .openapi('ChangeSeller')

const tags = ['Invoices']
const path = '/api/seller'

export const getSeller = createRoute({
  operationId: 'getSeller',
  method: 'get',
  path,
  tags,
  summary: 'Read the seller, who issues invoices',
  security: reads('money:read'),
  responses: { 200: json(Seller, 'The seller, if one is set'), ...readProblems() },
})

export const changeSeller = createRoute({
  operationId: 'changeSeller',
  method: 'post',
  path,
  tags,
  summary: 'Set the seller, who issues invoices',
  description:
    'Applies to new invoices. The mode is that of the database and cannot change once an invoice has been issued.',
  security: changes('seller:set'),
  request: { body: body(ChangeSeller) },
  responses: {
    200: json(Seller, 'The seller as it is now'),
    ...changeProblems('reason_required', 'seller_mode_is_final'),
  },
})
