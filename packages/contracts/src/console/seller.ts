import { TAX_BASIS_POINTS_MAX } from '@droplock/rules/invoices'
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
    .openapi({ description: 'Contained in prices: 1900 is 19 %', example: 1900 }),
  tax_note: line(200)
    .optional()
    .openapi({ description: 'Printed on every invoice, such as a reverse charge' }),
} as const

export const Seller = z
  .object({
    database_mode: Mode.openapi({ description: 'Of this server’s database; what a test issues says TEST' }),
    seller: z
      .object({ ...terms, mode: Mode, updated_at: Time })
      .optional()
      .openapi({ description: 'Absent: nobody has said who sells, and no invoice is issued' }),
  })
  .openapi('Seller')

const ChangeSeller = z.strictObject({ ...terms, reason: Reason }).openapi('ChangeSeller')

const tags = ['Invoices']
const path = '/api/seller'

export const getSeller = createRoute({
  operationId: 'getSeller',
  method: 'get',
  path,
  tags,
  summary: 'Who issues invoices',
  security: reads('money:read'),
  responses: { 200: json(Seller, 'The seller, if one is set'), ...readProblems() },
})

export const changeSeller = createRoute({
  operationId: 'changeSeller',
  method: 'post',
  path,
  tags,
  summary: 'Say who issues invoices, from now on',
  description:
    'What was issued stays as it is. The mode is that of the database, and final once anything was issued.',
  security: changes('seller:set'),
  request: { body: body(ChangeSeller) },
  responses: {
    200: json(Seller, 'The seller as it is now'),
    ...changeProblems('reason_required', 'seller_mode_is_final'),
  },
})
