import { OrderContacts } from '@droplock/contracts/common/order-contacts'
import { DomainName, Id, Money, NameInput, Time } from '@droplock/contracts/common/primitives'
import { body, bodyProblems, json } from '@droplock/contracts/common/responses'
import {
  backorderStates,
  basisText,
  expiredReasons,
  failureReasons,
  LostBy,
  outcomes,
  paymentMethods,
  RemovedAttempts,
} from '@droplock/contracts/common/words'
import * as attempts from '@droplock/core/backorders/attempts'
import type { CardOrder } from '@droplock/core/backorders/hold-listing'
import { listBackorders as list } from '@droplock/core/backorders/list'
import type { NamedOrder } from '@droplock/core/backorders/order-fields'
import { placeBackorder as placeOrder } from '@droplock/core/backorders/place'
import { placeInTurn } from '@droplock/core/backorders/place-in-turn'
import * as core from '@droplock/core/backorders/read'
import { releaseBackorder as release } from '@droplock/core/backorders/release'
import type { AccountContext } from '@droplock/core/context'
import { readOpened } from '@droplock/core/payments/read'
import { reply } from '@droplock/http/reply'
import { fromWire, wire } from '@droplock/http/wire'
import { outcomeBases } from '@droplock/rules/drop/outcome'
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
  readMoney,
} from '../contract.ts'
import type { Gateway, GatewayRequest } from '../gateway.ts'
import { give, replyOnce } from '../http/once.ts'
import { BackorderCounts, backorderFilters } from './backorder-filters.ts'
import { RoleContacts } from './contacts.ts'
import { orderProblems, readName } from './listings.ts'
import { orderFields } from './order-fields.ts'
import { Payment, Refund, requireCards, withSecret } from './payments.ts'

const members = {
  id: Id,
  name: DomainName,
  state: z.enum(backorderStates),
  price: Money.openapi({ description: 'Fixed when the order was placed; it never changes' }),
  created_at: Time,
  pay_by: Time.optional().openapi({
    description: 'Orders by card: when the order lapses if it is still unpaid, or would have lapsed',
  }),
  secured_at: Time.optional(),
  cutoff_at: Time,
  drop_from: Time,
  drop_to: Time,
  decided_at: Time.optional(),
  settled_at: Time.optional().openapi({
    description: 'When the registration that we caught was created, according to the registry',
  }),
  failure_reason: z.enum(failureReasons).optional(),
  expired_reason: z.enum(expiredReasons).optional(),
  ...orderFields,
}

export const Backorder = z.object({ ...members, contacts: OrderContacts }).openapi('Backorder')

export const BackorderPage = z
  .object({ ...pageOf(Backorder, 'BackorderPage').shape, counts: BackorderCounts.optional() })
  .openapi('BackorderPage')

export const PlacedBackorder = z
  .object({
    ...members,
    payment: Payment.optional().openapi({
      description: 'Orders by card: the payment to be made by `pay_by`',
    }),
  })
  .openapi('PlacedBackorder')

/** One command sent for the name: proof of what was tried. All but `rdap` are EPP. RFC 5730 §2.5, §3. */
const Attempt = z
  .object({
    command: z.enum(['create', 'info', 'fee_check', 'rdap']),
    sent_at: Time.openapi({ description: 'According to our clock, to the millisecond' }),
    outcome: z
      .enum(['answered', 'not_sent', 'unknown'])
      .openapi({ description: '`unknown`: it was sent and no answer arrived' }),
    round_trip_ms: z.number().min(0).optional().openapi({ example: 12.417 }),
    code: z
      .int()
      .optional()
      .openapi({ description: 'EPP result code; HTTP status for `rdap`', example: 2302 }),
    message: z.string().optional(),
    cltrid: z.string().openapi({ description: 'Our transaction id' }),
    svtrid: z.string().optional().openapi({ description: "The registry's transaction id" }),
    decided: z.boolean().openapi({ description: 'The answer to this attempt decided the outcome' }),
  })
  .openapi('Attempt')

export const AttemptPage = z
  .object({
    ...pageOf(Attempt, 'AttemptPage').shape,
    removed: RemovedAttempts.optional().openapi({
      description: 'Earlier attempts that are no longer kept; absent if all are',
    }),
  })
  .openapi('AttemptPage')

/** How the drop ended for this name; absent until it is decided. */
const DropOutcome = z
  .object({
    result: z.enum(outcomes),
    code: z.int().optional().openapi({ description: 'The EPP result code that decided the outcome' }),
    basis: z.enum(outcomeBases).optional().openapi({ description: basisText }),
    holder_clid: z.string().optional().openapi({ description: 'The registrar that holds the name now' }),
    winner_created_at: Time.optional().openapi({
      description:
        'A lost name: when the registration of the registrar that was faster was created, according to the registry; absent if it does not say. Some registries cut it to whole seconds',
    }),
    lost_by: LostBy.optional(),
    lost_by_ms: z.int().optional().openapi({
      description:
        'From then until we sent our next create, by our clock, which the clock of the registry differs from: use `lost_by`',
      deprecated: true,
    }),
  })
  .openapi('DropOutcome')

/** A long drop takes tens of thousands of attempts; these are one page of them. */
const ATTEMPTS_MAX = 100

export const BackorderDetail = z
  .object({
    ...members,
    contacts: OrderContacts,
    attempts: z
      .array(Attempt)
      .max(ATTEMPTS_MAX)
      .openapi({ description: `The newest ${ATTEMPTS_MAX} attempts, newest first` }),
    attempts_next: z
      .string()
      .optional()
      .openapi({ description: 'The cursor of the next page of attempts; absent if these are all' }),
    attempts_removed: RemovedAttempts.optional().openapi({
      description: 'Earlier attempts that are no longer kept; absent if all are',
    }),
    deciding_attempt: Attempt.optional().openapi({
      description: 'The attempt whose answer decided the outcome, even if it is not among the newest',
    }),
    outcome: DropOutcome.optional(),
    expires_at: Time.optional().openapi({
      description: 'The expiry date of the registration that we caught, as last reported by the registry',
    }),
    payments: z
      .array(Payment)
      .openapi({ description: 'All payments for this backorder, successful or not, oldest first' }),
    refunds: z.array(Refund),
  })
  .openapi('BackorderDetail')

/** Unknown members are refused: a misspelt one must not be ignored by an order that spends money. */
export const PlaceBackorder = z
  .strictObject({
    name: NameInput,
    payment: z.enum(paymentMethods).openapi({
      description:
        '`balance`: paid immediately from the balance of the account. `card`: held for you until `pay_by`, and secured when the card payment is captured by then',
    }),
    expected_price: Money.optional().openapi({
      description:
        'The price that you have shown to your customer. At any other price nothing is ordered, and the answer is `price_changed`',
    }),
    return_url: ReturnUrl,
    ...orderFields,
    contact_id: z.uuid().optional().openapi({
      description:
        'Your contact to which the name is registered, and which has every role without one of its own. Left out: the default of the account, or else the operator. It is made at the registry before the cut-off; if the registry refuses it, the name is registered to the operator, and you can change its contacts afterwards',
    }),
    role_contacts: RoleContacts.optional().openapi({ description: 'Needs `contact_id`' }),
  })
  .openapi('PlaceBackorder')

const tags = ['Backorders']
const params = z.strictObject({ id: Id })

const placeBackorder = createRoute(
  onceByKey({
    operationId: 'placeBackorder',
    method: 'post',
    path: '/v1/backorders',
    tags,
    summary: 'Secure a name',
    description:
      'The first account that orders and pays gets the backorder exclusively. There is no auction, and a paid order cannot be cancelled. If the name is not caught, the full price is refunded. An order by card is valid even if the payment provider does not answer in time: it then has no `client_secret` yet; read the payment later to get it. The contacts that the order has, and whether they are at the registry, are shown when you read it: they are made there after the order.',
    security: keyWith('backorders:write'),
    request: { body: body(PlaceBackorder) },
    responses: {
      201: made(PlacedBackorder, 'backorder', 'The name is secured, or held until it is paid'),
      ...problems(
        ...bodyProblems,
        ...orderProblems,
        'contact_not_found',
        'price_changed',
        'sub_account_not_found',
        'sub_account_limit_reached',
        'insufficient_balance',
        'card_unavailable',
        'hold_not_available',
        'hold_too_late',
        'hold_limit_reached',
      ),
    },
  }),
)

const listBackorders = createRoute({
  operationId: 'listBackorders',
  method: 'get',
  path: '/v1/backorders',
  tags,
  summary: "List the account's backorders, newest first",
  description: 'Filters can be combined. The counts are of all orders that match, not of this page.',
  security: keyWith('backorders:read'),
  request: {
    query: z.strictObject({ ...backorderFilters, cursor: Cursor, limit: Limit }),
  },
  responses: {
    200: json(BackorderPage, 'A page of backorders'),
    ...problems('read_limit_reached', 'invalid_request', 'invalid_cursor'),
  },
})

const getBackorder = createRoute({
  operationId: 'getBackorder',
  method: 'get',
  path: '/v1/backorders/{id}',
  tags,
  summary: 'Read a backorder with its attempts, outcome and payments',
  description:
    'Everything that is known of the order: its terms, the contacts it names, the newest attempts with times and answers of the registry, the outcome with its evidence, payments and refunds.',
  security: keyWith('backorders:read'),
  request: { params },
  responses: {
    200: json(BackorderDetail, 'The backorder with its attempts, outcome, payments and refunds'),
    ...problems('invalid_request', 'backorder_not_found'),
  },
})

const listAttempts = createRoute({
  operationId: 'listAttempts',
  method: 'get',
  path: '/v1/backorders/{id}/attempts',
  tags,
  summary: 'List the attempts for a backorder, newest first',
  description:
    "Every command that was sent for the name, with its time to the millisecond, the registry's answer and its transaction id. A long drop has tens of thousands of them. Some months after the decision only the first, the deciding and the charged attempt remain.",
  security: keyWith('backorders:read'),
  request: {
    params,
    query: z.strictObject({
      // Our transaction id (RFC 5730 §2.5): 3 to 64 characters, of which ours are these.
      cursor: z
        .string()
        .regex(/^[\w.:-]{3,64}$/)
        .optional()
        .openapi({ description: 'The `next` of an earlier page, or the `attempts_next` of the backorder' }),
      limit: Limit,
    }),
  },
  responses: {
    200: json(AttemptPage, 'A page of attempts'),
    ...problems('read_limit_reached', 'invalid_request', 'invalid_cursor', 'backorder_not_found'),
  },
})

const releaseBackorder = createRoute({
  operationId: 'releaseBackorder',
  method: 'post',
  path: '/v1/backorders/{id}/release',
  tags,
  summary: 'Release an unpaid backorder',
  description:
    'The name is available to others immediately and cannot be held unpaid again in this cycle. A payment that is captured anyway secures the name if it is still free, and is refunded otherwise. A paid order cannot be cancelled.',
  security: keyWith('backorders:write'),
  request: { params },
  responses: {
    200: json(Backorder, 'The backorder, now expired'),
    ...problems('invalid_request', 'backorder_not_found', 'backorder_not_releasable'),
  },
})

export const backorderOperations = {
  placeBackorder,
  listBackorders,
  getBackorder,
  listAttempts,
  releaseBackorder,
}

export function mountBackorders(app: Gateway): void {
  // Each mode has names of its own.
  const place = { live: placeInTurn(), test: placeInTurn() }

  app.openapi(placeBackorder, async (c) => {
    const { payment, ...wanted } = readOrder(c.req.valid('json'))
    c.var.event.add({ name: wanted.name })
    if (payment === 'card') return hold(c, wanted)
    const placed = await place[c.var.mode](c.var.ctx, wanted, c.var.keyed)
    c.var.event.add({ backorder_id: placed.location?.split('/').at(-1) })
    return give(c, 201, PlacedBackorder, placed)
  })

  app.openapi(listBackorders, async (c) => {
    const page = await list(c.var.ctx, askedPage(c.req.valid('query')))
    return reply(c, 200, BackorderPage, wire(page))
  })

  app.openapi(getBackorder, async (c) => {
    const found = await core.getBackorder(c.var.ctx, c.req.valid('param').id)
    return reply(c, 200, BackorderDetail, presentCase(found))
  })

  app.openapi(listAttempts, async (c) => {
    const query = { backorderId: c.req.valid('param').id, ...askedPage(c.req.valid('query')) }
    const { items, ...page } = await attempts.listAttempts(c.var.ctx, query)
    return reply(c, 200, AttemptPage, { ...wire(page), items: items.map(presentAttempt) })
  })

  app.openapi(releaseBackorder, async (c) =>
    reply(c, 200, Backorder, wire(await release(c.var.ctx, c.req.valid('param').id))),
  )
}

/** An order as core has it. Throws Refusal('invalid_name'). */
export function readOrder({
  name,
  expected_price,
  role_contacts,
  ...order
}: z.output<typeof PlaceBackorder>) {
  const expectedPrice = expected_price && readMoney(expected_price)
  const roleContacts = role_contacts && { roleContacts: fromWire(role_contacts) }
  return { ...fromWire(order), ...roleContacts, name: readName(name), expectedPrice }
}

/** The order is committed first, and the provider is asked for its payment then. */
function hold(c: GatewayRequest, { expectedPrice, ...order }: NamedOrder & CardOrder) {
  const work = async (ctx: AccountContext) => {
    requireCards(c)
    const held = await placeOrder(ctx, { ...order, expectedPrice, payment: 'card' })
    const payment = await readOpened(ctx, held.paymentId)
    const value = wire({ ...order, ...held, createdAt: held.heldAt, payment })
    return { value, location: `/v1/backorders/${held.id}` }
  }
  return replyOnce(c, 201, PlacedBackorder, work, async ({ payment, ...held }) => {
    c.var.event.add({ backorder_id: held.id })
    return payment === undefined ? held : { ...held, payment: await withSecret(c, payment) }
  })
}

function presentCase({ evidence, ...backorder }: core.BackorderCase) {
  return {
    ...wire(backorder),
    attempts: evidence?.attempts.items.map(presentAttempt) ?? [],
    attempts_next: evidence?.attempts.next,
    attempts_removed: wire(evidence?.removed ?? null),
    deciding_attempt: evidence?.deciding ? presentAttempt(evidence.deciding) : undefined,
    outcome: evidence?.outcome
      ? wire({
          result: evidence.outcome,
          code: evidence.decidedCode,
          basis: evidence.basis,
          holderClid: evidence.holderClid,
          winnerCreatedAt: evidence.winnerCreatedAt,
          lostBy: evidence.lostBy,
          lostByMs: evidence.lostByMs,
        })
      : undefined,
  }
}

/** Parsed here: the view has two columns as plain text. */
function presentAttempt({ roundTripUs, ...attempt }: attempts.AttemptView) {
  return Attempt.parse(wire({ ...attempt, roundTripMs: roundTripUs === null ? null : roundTripUs / 1_000 }))
}
