import { outcomeBases } from '@droplock/rules/drop/outcome'
import { createRoute, z } from '@hono/zod-openapi'
import { OrderContacts } from '../common/order-contacts.ts'
import { DomainName, Id, Money, Time, text } from '../common/primitives.ts'
import { json } from '../common/responses.ts'
import {
  backorderStates,
  basisText,
  expiredReasons,
  failureReasons,
  LostBy,
  RemovedAttempts,
  targetStates,
} from '../common/words.ts'
import { readProblems, reads } from './operation.ts'
import { listOf, paging, Search, sorting, TimeInput } from './paging.ts'
import { AttemptEntry, TimelineEntry } from './timeline.ts'

const backorder = {
  id: Id,
  listing_id: Id,
  name: DomainName,
  zone: z.string(),
  account_id: Id,
  account_name: z.string(),
  state: z.enum(backorderStates),
  price: Money,
  refunded: Money.openapi({ description: 'What has been refunded of its payment' }),
  created_at: Time,
  secured_at: Time.optional(),
  decided_at: Time.optional(),
  settled_at: Time.optional().openapi({
    description: 'When the registration that we caught was created, according to the registry',
  }),
  failure_reason: z.enum(failureReasons).optional(),
  expired_reason: z.enum(expiredReasons).optional(),
  reference: z.string().optional().openapi({ description: "The customer's own reference" }),
  metadata: z
    .record(z.string(), z.string())
    .optional()
    .openapi({ description: "The customer's own data of the order" }),
  cutoff_at: Time,
  drop_from: Time,
  drop_to: Time,
}

/** A backorder as an operator sees it. */
export const Backorder = z.object(backorder).openapi('Backorder')

const NearCreate = z.object({
  at: Time,
  registry_account_id: z.string(),
  code: z.int().optional(),
  ms: z.number().openapi({ description: "How far from the winner's registration it was sent" }),
})

export const BackorderDetail = z
  .object({
    ...backorder,
    contacts: OrderContacts,
    target: z
      .object({
        id: Id,
        state: z.enum(targetStates),
        registry_id: z.string(),
        grace_until: Time.openapi({ description: 'After this, what is still undecided is left to people' }),
        decided_code: z
          .int()
          .optional()
          .openapi({ description: 'The EPP result code that decided the outcome' }),
        decided_basis: z.enum(outcomeBases).optional().openapi({ description: basisText }),
        holder_clid: z.string().optional().openapi({ description: 'The registrar that holds the name now' }),
        winner_created_at: Time.optional().openapi({
          description: 'A lost name: when its registration was created, according to the registry',
        }),
        lost_by: LostBy.optional(),
        creates: z.int().optional().openapi({ description: 'Creates that were sent for it' }),
        wasted_creates: z
          .int()
          .optional()
          .openapi({ description: 'Those of them that certainly could not register it' }),
        prior_clid: z
          .string()
          .optional()
          .openapi({ description: 'The registrar of the deleted registration' }),
        prior_cr_date: Time.optional(),
        decided_by: z.string().optional().openapi({ description: 'Our account whose answer decided it' }),
        last_before: NearCreate.optional().openapi({
          description: "A lost name: our last create before the winner's registration",
        }),
        first_after: NearCreate.optional().openapi({
          description: "A lost name: our first create after the winner's registration",
        }),
      })
      .optional()
      .openapi({ description: 'The catch target; absent before the cut-off' }),
    payment_id: Id.optional().openapi({ description: 'The payment that secured the backorder' }),
    captured: Money.openapi({ description: 'What the customer paid' }),
    refundable: Money.openapi({
      description: 'What can still be refunded manually; zero until the result is known',
    }),
    timeline: z.array(TimelineEntry).openapi({ description: 'The history, oldest first' }),
    attempts_total: z
      .int()
      .openapi({ description: 'EPP commands sent; the timeline may show fewer of them' }),
    attempts_removed: RemovedAttempts.optional().openapi({
      description: 'Attempts that are no longer kept; absent if all are',
    }),
  })
  .openapi('BackorderDetail')

export const BackorderList = listOf(Backorder, 'BackorderList')

export const AttemptList = listOf(AttemptEntry, 'AttemptList')

const tags = ['Backorders']

export const listBackorders = createRoute({
  operationId: 'listBackorders',
  method: 'get',
  path: '/api/backorders',
  tags,
  summary: 'List the backorders of all customers',
  security: reads('console:read'),
  request: {
    query: z.strictObject({
      ...sorting(['created_at'], {
        field: 'created_at',
        order: 'desc',
      }),
      q: Search,
      state: z.enum(backorderStates).optional(),
      failure_reason: z.enum(failureReasons).optional(),
      account_id: Id.optional(),
      zone: text(253).optional(),
      window_from: TimeInput.optional().openapi({ description: 'Windows that end at or after this' }),
      window_to: TimeInput.optional().openapi({ description: 'Windows that start at or before this' }),
    }),
  },
  responses: { 200: json(BackorderList, 'A page of backorders'), ...readProblems('invalid_request') },
})

export const getBackorder = createRoute({
  operationId: 'getBackorder',
  method: 'get',
  path: '/api/backorders/{id}',
  tags,
  summary: 'Read a backorder with its history',
  security: reads('console:read'),
  request: { params: z.strictObject({ id: Id }) },
  responses: {
    200: json(BackorderDetail, 'The backorder'),
    ...readProblems('invalid_request', 'backorder_not_found'),
  },
})

export const listBackorderAttempts = createRoute({
  operationId: 'listBackorderAttempts',
  method: 'get',
  path: '/api/backorders/{id}/attempts',
  tags,
  summary: 'List the EPP commands sent for a backorder, newest first',
  security: reads('console:read'),
  request: { params: z.strictObject({ id: Id }), query: z.strictObject(paging) },
  responses: {
    200: json(AttemptList, 'A page of attempts'),
    ...readProblems('invalid_request', 'backorder_not_found'),
  },
})
