import { DomainName, Id, Money, Time } from '@droplock/contracts/common/primitives'
import { body, bodyProblems, json } from '@droplock/contracts/common/responses'
import { paymentMethods, renewalFailures, renewalStates } from '@droplock/contracts/common/words'
import type { AccountContext } from '@droplock/core/context'
import { readOpened } from '@droplock/core/payments/read'
import { orderRenewal as order } from '@droplock/core/renewals/order'
import * as core from '@droplock/core/renewals/read'
import { reply } from '@droplock/http/reply'
import { wire } from '@droplock/http/wire'
import { RENEWAL_YEARS_MAX } from '@droplock/rules/renewals'
import { createRoute, z } from '@hono/zod-openapi'
import {
  askedPage,
  Cursor,
  keyWith,
  Limit,
  made,
  onceByKey,
  pageOf,
  problems,
  ReturnUrl,
} from '../contract.ts'
import type { Gateway } from '../gateway.ts'
import { replyOnce } from '../http/once.ts'
import { Payment, requireCards, withSecret } from './payments.ts'

const renewal = {
  id: Id,
  registration_id: Id,
  backorder_id: Id,
  name: DomainName,
  state: z.enum(renewalStates).openapi({
    description: '`paid` and `renewing`: paid, and in progress at the registry',
  }),
  years: z.int(),
  price: Money.openapi({ description: 'Fixed when the order was placed; it never changes' }),
  quoted_expires_at: Time.openapi({ description: 'The expiry date on which the renewal was ordered' }),
  new_expires_at: Time.optional(),
  failure_reason: z.enum(renewalFailures).optional().openapi({
    description:
      '`refused`: the registry refused it. `not_held`: the name is no longer registered here. `expiry_moved`: the registry has another expiry date; request a new quote. `unavailable`: the registry could not be reached for days',
  }),
  created_at: Time,
  pay_by: Time.optional(),
  paid_at: Time.optional(),
  decided_at: Time.optional(),
}

export const Renewal = z.object(renewal).openapi('Renewal')

export const RenewalPage = pageOf(Renewal, 'RenewalPage')

export const OrderedRenewal = z
  .object({
    ...renewal,
    payment: Payment.optional().openapi({ description: 'Orders by card: the payment to be made' }),
  })
  .openapi('OrderedRenewal')

export const RenewalQuote = z
  .object({
    registration_id: Id,
    backorder_id: Id,
    name: DomainName,
    years: z.int(),
    price: Money,
    expires_at: Time.openapi({ description: 'Until when the name is paid for' }),
    new_expires_at: Time,
    valid_until: Time.openapi({
      description: 'Valid until then at most; price and expiry date may change earlier',
    }),
  })
  .openapi('RenewalQuote')

/** Unknown members are refused: a misspelt one must not be ignored by an order that spends money. */
const OrderRenewal = z
  .strictObject({
    years: z.int().min(1).max(RENEWAL_YEARS_MAX),
    payment: z.enum(paymentMethods).openapi({
      description:
        '`balance`: paid immediately from the balance of the account. `card`: to be paid by `pay_by`',
    }),
    price: Money.openapi({ description: 'The quoted price for these years' }),
    expires_at: Time.openapi({ description: 'The quoted `expires_at`' }),
    return_url: ReturnUrl,
  })
  .openapi('OrderRenewal')

/** Text, as every query is. */
const Years = z
  .string()
  .regex(/^[1-9]$/, `a whole number from 1 to ${RENEWAL_YEARS_MAX}`)
  .transform(Number)
  .default(1)
  .openapi({ type: 'integer', minimum: 1, maximum: RENEWAL_YEARS_MAX, default: 1 })

const tags = ['Renewals']
const params = z.strictObject({ id: Id })

const quoteRenewal = createRoute({
  operationId: 'quoteRenewal',
  method: 'get',
  path: '/v1/registrations/{id}/renewal-quote',
  tags,
  summary: 'Request a quote for the renewal of a caught name',
  description:
    'Order with the price and the expiry date of the quote: the order is refused if either has changed since.',
  security: keyWith('registrations:read'),
  request: { params, query: z.strictObject({ years: Years }) },
  responses: {
    200: json(RenewalQuote, 'The quote; repeat its price and `expires_at` in the order'),
    ...problems(
      'invalid_request',
      'registration_not_found',
      'registration_ended',
      'registration_expired',
      'renewal_too_long',
      'renewal_pending',
      'price_unavailable',
    ),
  },
})

const orderRenewal = createRoute(
  onceByKey({
    operationId: 'orderRenewal',
    method: 'post',
    path: '/v1/registrations/{id}/renewals',
    tags,
    summary: 'Renew a caught name',
    description:
      'Repeat the price and the expiry date of a quote: if either has changed, nothing is ordered. A name that has expired is renewed at the same price until its `renewable_until`. A name has one renewal at a time, so a repeated order is never paid twice. If the registry refuses, the full price is refunded.',
    security: keyWith('registrations:write'),
    request: { params, body: body(OrderRenewal) },
    responses: {
      201: made(OrderedRenewal, 'renewal', 'The renewal is paid, or awaits its card payment'),
      ...problems(
        ...bodyProblems,
        'registration_not_found',
        'registration_ended',
        'registration_expired',
        'renewal_too_long',
        'renewal_pending',
        'renewal_quote_stale',
        'price_unavailable',
        'insufficient_balance',
        'sub_account_limit_reached',
        'card_unavailable',
      ),
    },
  }),
)

const listRenewals = createRoute({
  operationId: 'listRenewals',
  method: 'get',
  path: '/v1/renewals',
  tags,
  summary: "List the account's renewals, newest first",
  description: 'Renewals of all your names, whatever became of them.',
  security: keyWith('registrations:read'),
  request: {
    query: z.strictObject({
      registration_id: z.uuid().optional(),
      state: z.enum(renewalStates).optional(),
      cursor: Cursor,
      limit: Limit,
    }),
  },
  responses: {
    200: json(RenewalPage, 'A page of renewals'),
    ...problems('read_limit_reached', 'invalid_request', 'invalid_cursor'),
  },
})

const getRenewal = createRoute({
  operationId: 'getRenewal',
  method: 'get',
  path: '/v1/renewals/{id}',
  tags,
  summary: 'Read a renewal',
  description:
    'A renewal is decided when the registry has answered; if it fails, the full price is refunded.',
  security: keyWith('registrations:read'),
  request: { params },
  responses: {
    200: json(Renewal, 'The renewal'),
    ...problems('invalid_request', 'renewal_not_found'),
  },
})

export const renewalOperations = { quoteRenewal, orderRenewal, listRenewals, getRenewal }

export function mountRenewals(app: Gateway): void {
  app.openapi(quoteRenewal, async (c) => {
    const wanted = { registrationId: c.req.valid('param').id, ...c.req.valid('query') }
    return reply(c, 200, RenewalQuote, wire(await core.quoteRenewal(c.var.ctx, wanted)))
  })

  app.openapi(orderRenewal, (c) => {
    const { id: registrationId } = c.req.valid('param')
    const { price, expires_at, return_url: returnUrl, ...wanted } = c.req.valid('json')
    const { amount_minor, currency } = price
    const quoted = { priceMinor: BigInt(amount_minor), currency, expiresAt: new Date(expires_at) }
    const work = async (ctx: AccountContext) => {
      if (wanted.payment === 'card') requireCards(c)
      const { paymentId, ...ordered } = await order(ctx, { registrationId, ...wanted, quoted, returnUrl })
      const payment = paymentId === undefined ? undefined : await readOpened(ctx, paymentId)
      return { value: wire({ ...ordered, payment }), location: `/v1/renewals/${ordered.id}` }
    }
    return replyOnce(c, 201, OrderedRenewal, work, async ({ payment, ...ordered }) => {
      c.var.event.add({ renewal_id: ordered.id, name: ordered.name })
      return payment === undefined ? ordered : { ...ordered, payment: await withSecret(c, payment) }
    })
  })

  app.openapi(listRenewals, async (c) => {
    const page = await core.listRenewals(c.var.ctx, askedPage(c.req.valid('query')))
    return reply(c, 200, RenewalPage, wire(page))
  })

  app.openapi(getRenewal, async (c) =>
    reply(c, 200, Renewal, wire(await core.getRenewal(c.var.ctx, c.req.valid('param').id))),
  )
}
