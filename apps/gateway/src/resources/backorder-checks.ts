import { domainToUnicode } from 'node:url'
import { OrderContacts } from '@droplock/contracts/common/order-contacts'
import { DomainName, Id, Money, Time } from '@droplock/contracts/common/primitives'
import { body, bodyProblems, json } from '@droplock/contracts/common/responses'
import { paymentMethods } from '@droplock/contracts/common/words'
import { errors } from '@droplock/contracts/errors'
import { checkBackorder as check } from '@droplock/core/backorders/check'
import { reply } from '@droplock/http/reply'
import { wire } from '@droplock/http/wire'
import type { OrderReason } from '@droplock/rules/backorders'
import { findLookAlike } from '@droplock/rules/look-alikes'
import { createRoute, z } from '@hono/zod-openapi'
import skeletonOf from 'unhomoglyph'
import { keyWith, problems } from '../contract.ts'
import type { Gateway } from '../gateway.ts'
import { PlaceBackorder, readOrder } from './backorders.ts'

const Reason = z
  .object({
    code: z.string().openapi({ description: 'As in a problem', example: 'insufficient_balance' }),
    detail: z.string(),
    retryable: z.boolean().openapi({ description: 'Whether it may pass by itself a little later' }),
  })
  .openapi('OrderReason')

const LookAlike = z
  .object({
    mixes_scripts: z.boolean().openapi({
      description: 'A label mixes scripts that nobody writes together, such as Latin and Cyrillic',
    }),
    looks_like: z.string().optional().openapi({
      description: 'The name of plain letters and digits that people see when they read it',
      example: 'apple.com',
    }),
  })
  .openapi('LookAlike')

export const OrderCheck = z
  .object({
    name: DomainName,
    unicode_name: z
      .string()
      .openapi({ description: 'The name as people read it', example: 'bücher.example' }),
    look_alike: LookAlike.optional().openapi({
      description: 'Why the name may be taken for another one; absent if there is nothing to warn of',
    }),
    acceptable: z.boolean().openapi({ description: 'Whether the order would be accepted now' }),
    reasons: z.array(Reason).openapi({
      description:
        'Every reason why the order would be refused. The order itself would be refused with the first one',
    }),
    payment: z.enum(paymentMethods),
    price: Money.optional().openapi({ description: 'What the order would take' }),
    balance_after: Money.optional().openapi({
      description:
        'What would be left on the balance; negative if it uses credit. Only for payment from the balance, and with the scope `balance:read`',
    }),
    pay_by: Time.optional().openapi({ description: 'By card: until when the name would be held unpaid' }),
    opens_at: Time.optional(),
    cutoff_at: Time.optional(),
    drop_from: Time.optional(),
    drop_to: Time.optional(),
    backorder_id: Id.optional().openapi({ description: 'Your own order that holds the name' }),
    contacts: OrderContacts,
    registered_to_operator: z.literal(true).optional().openapi({
      description:
        'A warning: the registry needs contacts and the order has none, because it names none and the account has no default. The name would be registered to the operator',
    }),
  })
  .openapi('OrderCheck')

const checkBackorder = createRoute({
  operationId: 'checkBackorder',
  method: 'post',
  path: '/v1/backorder-checks',
  tags: ['Backorders'],
  summary: 'Check an order without placing it (dry run)',
  description:
    'Takes the body of an order and says what the order would take and every reason against it, not only the first. Nothing is written and nothing is reserved: the order itself is decided anew. It is an operation of its own, and no option of the order, so that a forgotten option never spends money.',
  security: keyWith('backorders:write'),
  request: { body: body(PlaceBackorder) },
  responses: {
    200: json(OrderCheck, 'What the order would do'),
    ...problems(...bodyProblems, 'invalid_name'),
  },
})

export const backorderCheckOperations = { checkBackorder }

export function mountBackorderChecks(app: Gateway): void {
  app.openapi(checkBackorder, async (c) => {
    const order = readOrder(c.req.valid('json'))
    const { reasons: found, ...terms } = await check(c.var.ctx, order)
    const noCards = order.payment === 'card' && c.var.provider === undefined
    const reasons = noCards ? [cardUnavailable, ...found] : found
    const unicodeName = domainToUnicode(order.name) || order.name
    const lookAlike = findLookAlike(unicodeName, skeletonOf) ?? null
    return reply(c, 200, OrderCheck, {
      ...wire({ ...terms, name: order.name, unicodeName, lookAlike, payment: order.payment }),
      acceptable: reasons.length === 0,
      reasons: reasons.map((reason) => ({ ...reason, retryable: errors[reason.code].retryable })),
    })
  })
}

/** As an order by card would be refused, before anything else is looked at. */
const cardUnavailable: OrderReason = { code: 'card_unavailable', detail: 'Cards are not accepted here.' }
