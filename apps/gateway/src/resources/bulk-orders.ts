import { randomUUID } from 'node:crypto'
import { OrderContacts } from '@droplock/contracts/common/order-contacts'
import { Id, NameInput, Time } from '@droplock/contracts/common/primitives'
import { body, bodyProblems, FaultyPart, json } from '@droplock/contracts/common/responses'
import { errors } from '@droplock/contracts/errors'
import { BULK_ITEMS_MAX, fileBulkOrder } from '@droplock/core/bulk-orders/file'
import { processBulkOrder } from '@droplock/core/bulk-orders/process'
import {
  type BulkItemView,
  getBulkOrder as get,
  listBulkItems as list,
  readBulkOrder,
} from '@droplock/core/bulk-orders/read'
import { noteWork } from '@droplock/core/database/note-work'
import { reply } from '@droplock/http/reply'
import { fromWire, wire } from '@droplock/http/wire'
import { createRoute, z } from '@hono/zod-openapi'
import { keyWith, Limit, made, onceByKey, pageOf, problems, readMoney } from '../contract.ts'
import type { Gateway } from '../gateway.ts'
import { replyOnce } from '../http/once.ts'
import { PlaceBackorder } from './backorders.ts'

/** Most bulk orders are done by then; a worker does the rest of a long one. Milliseconds. */
const PROCESSED_MS_MAX = 2_000

export const BulkOrder = z
  .object({
    id: Id,
    state: z.enum(['processing', 'finished']).openapi({
      description: '`processing`: items still wait. They are ordered whether you ask or not; read it again',
    }),
    items: z.int().openapi({ description: 'How many items it has' }),
    waiting: z.int(),
    placed: z.int(),
    refused: z.int(),
    created_at: Time,
    finished_at: Time.optional(),
  })
  .openapi('BulkOrder')

const BulkItem = z
  .object({
    position: z.int().openapi({ description: 'Its place in the request, from 0' }),
    name: z.string().openapi({ description: 'As you wrote it' }),
    reference: z.string().optional(),
    state: z.enum(['waiting', 'placed', 'refused']),
    backorder_id: Id.optional().openapi({ description: 'Of a placed item' }),
    contacts: OrderContacts,
    problem: z
      .object({
        code: z.string(),
        detail: z.string(),
        retryable: z.boolean(),
        errors: z
          .array(FaultyPart)
          .optional()
          .openapi({ description: 'The parts of your request to correct, where that is the reason' }),
      })
      .optional()
      .openapi({ description: 'Why an item was refused, with the code that an order alone would have had' }),
  })
  .openapi('BulkOrderItem')

export const BulkItemPage = pageOf(BulkItem, 'BulkOrderItemPage')

/** Paid from the balance, so no browser returns from a payment's page. */
const { payment: _, return_url: __, ...itemMembers } = PlaceBackorder.shape

const CreateBulkOrder = z
  .strictObject({
    items: z
      .array(z.strictObject({ ...itemMembers, name: NameInput }).openapi('NewBulkOrderItem'))
      .min(1)
      .max(BULK_ITEMS_MAX),
  })
  .openapi('CreateBulkOrder')

const tags = ['Bulk orders']
const params = z.strictObject({ id: Id })

const createBulkOrder = createRoute(
  onceByKey({
    operationId: 'createBulkOrder',
    method: 'post',
    path: '/v1/bulk-orders',
    tags,
    summary: `Order up to ${BULK_ITEMS_MAX} names from the balance`,
    description:
      'Each item is an order of its own, in the order of the request: it is placed or refused whatever becomes of the others, and placed once however often you repeat the request. The answer comes when all are done, or after about two seconds with those that are: read the bulk order and its items later. A repeated request answers with the state of that time.',
    security: keyWith('backorders:write'),
    request: { body: body(CreateBulkOrder) },
    responses: {
      202: made(BulkOrder, 'bulk order', 'The bulk order is accepted; `state` says whether it is done'),
      ...problems(...bodyProblems),
    },
  }),
)

const getBulkOrder = createRoute({
  operationId: 'getBulkOrder',
  method: 'get',
  path: '/v1/bulk-orders/{id}',
  tags,
  summary: 'Read a bulk order',
  description: 'It is `finished` when every item is placed or refused.',
  security: keyWith('backorders:read'),
  request: { params },
  responses: {
    200: json(BulkOrder, 'The bulk order'),
    ...problems('invalid_request', 'bulk_order_not_found'),
  },
})

const listBulkOrderItems = createRoute({
  operationId: 'listBulkOrderItems',
  method: 'get',
  path: '/v1/bulk-orders/{id}/items',
  tags,
  summary: 'List the items of a bulk order, in order, with the result of each',
  description: 'An item that was refused has the problem that a single order would have been answered with.',
  security: keyWith('backorders:read'),
  request: {
    params,
    query: z.strictObject({
      cursor: z
        .string()
        .regex(/^\d{1,4}$/, 'the `next` of an earlier page')
        .optional()
        .openapi({ description: 'The `next` of an earlier page, to read the one after it' }),
      limit: Limit,
    }),
  },
  responses: {
    200: json(BulkItemPage, 'A page of items'),
    ...problems('read_limit_reached', 'invalid_request', 'bulk_order_not_found'),
  },
})

export const bulkOrderOperations = { createBulkOrder, getBulkOrder, listBulkOrderItems }

export function mountBulkOrders(app: Gateway): void {
  app.openapi(createBulkOrder, async (c) => {
    const { items } = c.req.valid('json')
    const orders = items.map(({ expected_price, ...item }) => ({
      ...fromWire(item),
      expectedPrice: expected_price && readMoney(expected_price),
    }))
    const claimedBy = randomUUID()
    let filed: string | undefined
    return replyOnce(
      c,
      202,
      BulkOrder,
      async (ctx) => {
        filed = await fileBulkOrder(ctx, orders, c.var.keyed, claimedBy)
        const value = wire(await readBulkOrder(ctx, filed))
        return { value, location: `/v1/bulk-orders/${filed}` }
      },
      async ({ id }) => {
        if (filed !== undefined) {
          const untilMs = performance.now() + PROCESSED_MS_MAX
          await processBulkOrder(c.var.ctx, { id, claimedBy }, () => performance.now() < untilMs)
          noteWork(c.var.ctx.db)
        }
        c.var.event.add({ bulk_order_id: id })
        return BulkOrder.parse(wire(await readBulkOrder(c.var.ctx, id)))
      },
    )
  })

  app.openapi(getBulkOrder, async (c) =>
    reply(c, 200, BulkOrder, wire(await get(c.var.ctx, c.req.valid('param').id))),
  )

  app.openapi(listBulkOrderItems, async (c) => {
    const { cursor, limit } = c.req.valid('query')
    const { id } = c.req.valid('param')
    const after = cursor === undefined ? undefined : Number(cursor)
    const { items, ...page } = await list(c.var.ctx, { id, after, limit })
    return reply(c, 200, BulkItemPage, { ...page, items: items.map(present) })
  })
}

/** Its parts are within the item; the caller's pointers are into the body. */
function present({ code, detail, parts, ...item }: BulkItemView) {
  const known = code !== null && Object.hasOwn(errors, code) ? errors[code as keyof typeof errors] : undefined
  return {
    ...wire(item),
    problem:
      code === null || detail === null
        ? undefined
        : {
            code,
            detail,
            retryable: known?.retryable ?? false,
            errors: parts?.map((part) => ({ ...part, pointer: `/items/${item.position}${part.pointer}` })),
          },
  }
}
