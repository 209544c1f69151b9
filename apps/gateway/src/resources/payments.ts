import { DomainName, Id, Money, NameInput, Time } from '@droplock/contracts/common/primitives'
import { body, bodyProblems, json } from '@droplock/contracts/common/responses'
import {
  paymentMethods,
  paymentPurposes,
  paymentStates,
  refundCauses,
  refundDestinations,
  refundStates,
} from '@droplock/contracts/common/words'
import { type AccountContext, requireScope } from '@droplock/core/context'
import { type AskedPayment, askForOpened, askForSecret } from '@droplock/core/payment-provider/ask'
import { offerPayment } from '@droplock/core/payments/offer'
import { openPayment } from '@droplock/core/payments/open'
import * as core from '@droplock/core/payments/read'
import { openRenewalPayment } from '@droplock/core/renewals/order'
import { reply } from '@droplock/http/reply'
import { wire } from '@droplock/http/wire'
import type { PaymentProvider } from '@droplock/rules/ports/payments'
import { Refusal } from '@droplock/rules/refusals'
import { createRoute, z } from '@hono/zod-openapi'
import { keyWith, made, onceByKey, problems, ReturnUrl } from '../contract.ts'
import type { Gateway, GatewayRequest } from '../gateway.ts'
import { replyOnce } from '../http/once.ts'
import { orderProblems, readName } from './listings.ts'

const payment = {
  id: Id,
  purpose: z.enum(paymentPurposes),
  method: z.enum(paymentMethods),
  state: z
    .enum(paymentStates)
    .openapi({ description: '`failed`: the card was declined; another card may be tried until `pay_by`' }),
  amount: Money,
  name: DomainName.optional(),
  backorder_id: Id.optional(),
  renewal_id: Id.optional(),
  secures: z.boolean().openapi({ description: 'This payment secures the backorder or pays the renewal' }),
  created_at: Time,
  pay_by: Time.optional(),
  client_secret: z.string().optional().openapi({
    description:
      "Needed to pay in the payment provider's form, in the payer's browser. A secret: keep it out of logs and URLs. Absent when the payment can no longer be paid, and while the provider does not answer; in that case read the payment again",
  }),
  provider: z.enum(['stripe', 'sandbox']).optional().openapi({
    description:
      'Present with every `client_secret`: where to pay. `stripe`: with Stripe.js (`confirmPayment`). `sandbox`: at `pay_url`, with test money',
  }),
  publishable_key: z.string().optional().openapi({
    description:
      'For `stripe`: the public key for Stripe.js. Absent if the operator provides it in another way',
  }),
  pay_url: z.url().optional().openapi({
    description:
      'For `sandbox`: a page to pay with the test cards of the sandbox. It contains the `client_secret`, so keep it secret too',
  }),
}

export const Payment = z.object(payment).openapi('Payment')

export const Refund = z
  .object({
    id: Id,
    cause: z.enum(refundCauses),
    state: z.enum(refundStates),
    destination: z.enum(refundDestinations).openapi({
      description: 'The card or the balance that was used to pay; the balance if the account owes money',
    }),
    amount: Money,
    created_at: Time,
  })
  .openapi('Refund')

export const PaymentDetail = z
  .object({
    ...payment,
    refunds: z.array(Refund).openapi({ description: 'The refunds of this payment, oldest first' }),
  })
  .openapi('PaymentDetail')

const tags = ['Payments']
const params = z.strictObject({ id: Id })
/** The answer of every operation that opens a payment. */
export const opened = made(Payment, 'payment', 'The payment to be made')

const payBackorder = createRoute(
  onceByKey({
    operationId: 'payBackorder',
    method: 'post',
    path: '/v1/backorders/{id}/payments',
    tags,
    summary: 'Open another card payment for a held backorder',
    description:
      'For another attempt while the backorder is held; `pay_by` stays the same. A declined payment may also be paid with another card. If two payments are captured, one secures the backorder and the other is refunded.',
    security: keyWith('backorders:write'),
    request: { params },
    responses: {
      201: opened,
      ...problems('invalid_request', 'backorder_not_found', 'payment_ended', 'card_unavailable'),
    },
  }),
)

const payRenewal = createRoute(
  onceByKey({
    operationId: 'payRenewal',
    method: 'post',
    path: '/v1/renewals/{id}/payments',
    tags,
    summary: 'Open another card payment for an unpaid renewal',
    description:
      'For another attempt while the renewal is unpaid; `pay_by` stays the same. A declined payment may also be paid with another card. If two payments are captured, one pays the renewal and the other is refunded.',
    security: keyWith('backorders:write'),
    request: { params },
    responses: {
      201: opened,
      ...problems('invalid_request', 'renewal_not_found', 'payment_ended', 'card_unavailable'),
    },
  }),
)

const payForName = createRoute(
  onceByKey({
    operationId: 'payForName',
    method: 'post',
    path: '/v1/payments',
    tags,
    summary: 'Open a card payment for a name without holding it',
    description:
      'For a name that can no longer be held unpaid (`hold_not_available`). The name is not reserved in the meantime: the first captured payment secures it and then has a `backorder_id`. A payment that is captured too late is refunded automatically.',
    security: keyWith('backorders:write'),
    request: { body: body(z.strictObject({ name: NameInput, return_url: ReturnUrl }).openapi('PayForName')) },
    responses: {
      201: opened,
      ...problems(
        ...bodyProblems,
        ...orderProblems,
        'hold_too_late',
        'card_unavailable',
        'payment_limit_reached',
      ),
    },
  }),
)

const getPayment = createRoute({
  operationId: 'getPayment',
  method: 'get',
  path: '/v1/payments/{id}',
  tags,
  summary: 'Read a payment with its refunds',
  description:
    "While it waits for its payer the answer has what the payer's browser needs: `client_secret`, and `publishable_key` or `pay_url`.",
  security: keyWith('backorders:read'),
  request: { params },
  responses: {
    200: json(PaymentDetail, 'The payment and its refunds'),
    ...problems('invalid_request', 'payment_not_found'),
  },
})

export const paymentOperations = { payBackorder, payForName, getPayment, payRenewal }

// What opens a payment is committed first, and the provider is asked then.
export function mountPayments(app: Gateway): void {
  app.openapi(payBackorder, (c) => replyOpened(c, (ctx) => openPayment(ctx, c.req.valid('param').id)))

  app.openapi(payRenewal, (c) => replyOpened(c, (ctx) => openRenewalPayment(ctx, c.req.valid('param').id)))

  app.openapi(payForName, (c) => {
    const { name: written, return_url: returnUrl } = c.req.valid('json')
    const name = readName(written)
    c.var.event.add({ name })
    return replyOpened(c, async (ctx) => (await offerPayment(ctx, name, returnUrl)).paymentId)
  })

  app.openapi(getPayment, async (c) => {
    const { ctx, provider } = c.var
    const found = await core.getPayment(ctx, c.req.valid('param').id)
    const asked = provider === undefined ? found : { ...found, ...(await askForSecret(ctx, provider, found)) }
    logPayment(c, asked)
    return reply(c, 200, PaymentDetail, wire(asked))
  })
}

/** Opens a payment once for the request's Idempotency-Key, and answers with it. `open` gives its id. */
export function replyOpened(c: GatewayRequest, open: (ctx: AccountContext) => Promise<string>) {
  const work = async (ctx: AccountContext) => {
    requireCards(c)
    const id = await open(ctx)
    return { value: wire(await core.readOpened(ctx, id)), location: `/v1/payments/${id}` }
  }
  return replyOnce(c, 201, Payment, work, (kept) => withSecret(c, kept))
}

/**
 * A stored payment with what its payer's browser needs, which is asked of the provider each time. Without an answer of the provider it
 * is as it was stored.
 */
export async function withSecret(c: GatewayRequest, open: OpenedPayment): Promise<OpenedPayment> {
  const { ctx, provider } = c.var
  if (provider === undefined) return open
  const asked = await askForOpened(ctx, provider, open.id)
  logPayment(c, asked)
  const { clientSecret, provider: name, publishableKey, payUrl } = asked
  return { ...open, ...wire({ clientSecret, provider: name, publishableKey, payUrl }) }
}

type OpenedPayment = z.output<typeof Payment>

/** Called before anything is opened: nothing is held for a payment that cannot be made. As everywhere, the scope comes first. */
export function requireCards({ var: { ctx, provider } }: GatewayRequest): PaymentProvider {
  requireScope(ctx, 'backorders:write')
  if (provider !== undefined) return provider
  throw new Refusal(
    'card_unavailable',
    'Cards are not accepted here. Pay from the balance, which a bank transfer tops up.',
  )
}

/** The payment in the request's log event: never its secret, but why there was none. */
export function logPayment(c: GatewayRequest, { id, trouble }: AskedPayment): void {
  c.var.event.add({ payment_id: id, ...(trouble !== undefined && { provider_trouble: trouble }) })
}
