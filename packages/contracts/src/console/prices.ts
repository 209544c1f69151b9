import { feeVerdicts } from '@droplock/rules/fee-checks'
import { priceKinds } from '@droplock/rules/prices/match'
import { createRoute, z } from '@hono/zod-openapi'
import { Id, Money, Time, text } from '../common/primitives.ts'
import { body, json } from '../common/responses.ts'
import { changeProblems, changes, Reason, readProblems, reads } from './operation.ts'
import { listOf, paging } from './paging.ts'

/** A body of the API holds so much; longer lists are uploaded by the command `price upload`. */
const TEXT_CHARACTERS_MAX = 50_000

const Kind = z.enum(priceKinds).openapi({ description: 'The first kind that matches decides, in this order' })

const rule = {
  kind: Kind,
  zone: z.string().optional().openapi({ description: 'Left out: all zones, or the one in the name' }),
  match: z.string().openapi({ description: 'The name, pattern, lengths or tier', example: 'CVCV' }),
}

export const PriceList = z
  .object({
    id: Id,
    title: z.string(),
    reason: z.string(),
    made_by: z.string(),
    made_at: Time,
    prices: z.int(),
  })
  .openapi('PriceList')

export const PriceListList = listOf(PriceList, 'PriceListList')

export const Price = z
  .object({
    id: Id,
    ...rule,
    currency: z.string(),
    amount: Money.optional().openapi({ description: 'Left out: it ended the price before' }),
    starts_at: Time,
    started_at: Time.optional(),
    ended_at: Time.optional(),
    list_id: Id.optional().openapi({ description: 'Left out: it was set with its zone' }),
  })
  .openapi('Price')

export const PriceListOfPrices = listOf(Price, 'PriceHistory')

export const PriceRules = z
  .object({
    items: z.array(
      z.object({
        id: Id,
        ...rule,
        in_force_since: Time,
        decides: z.boolean().openapi({ description: 'Whether the name has the price of this rule now' }),
        prices: z.array(z.object({ currency: z.string(), amount: Money })),
      }),
    ),
  })
  .openapi('PriceRules')

const feeAnswer = {
  verdict: z.enum(feeVerdicts),
  fee: Money.optional().openapi({
    description: 'What a create for one year costs, as far as the registry said so',
  }),
  fee_class: z.string().optional().openapi({ example: 'premium' }),
  finding: z.string().optional().openapi({ description: 'Why it showed nothing' }),
  changed: z.boolean().openapi({ description: 'Whether the flag `premium` was changed by it' }),
  asked_at: Time,
  answered_at: Time.optional(),
  code: z.int().optional().openapi({ description: 'EPP result code' }),
  registry_account_id: z.string(),
  cltrid: z.string(),
  svtrid: z.string().optional(),
}

export const FeeAnswerList = listOf(z.object(feeAnswer).openapi('FeeAnswer'), 'FeeAnswerList')

export const ZoneFeeAnswer = z
  .object({ id: Id, listing_id: Id, name: z.string(), zone: z.string(), ...feeAnswer })
  .openapi('ZoneFeeAnswer')

export const ZoneFeeAnswerList = listOf(ZoneFeeAnswer, 'ZoneFeeAnswerList')

export const PriceUpload = z
  .object({
    list_id: Id.optional().openapi({ description: 'Left out: nothing was changed' }),
    dry_run: z.boolean(),
    prices: z.int(),
    later: z.int().openapi({ description: 'Prices that start at a later time' }),
    rejects: z
      .array(z.object({ line: z.int(), reason: z.string() }))
      .openapi({ description: 'With any of these the list was not taken' }),
    changes: z
      .object({
        dearer: z.int(),
        cheaper: z.int(),
        added: z.int(),
        ended: z.int(),
        first: z.array(
          z.object({
            name: z.string(),
            currency: z.string(),
            before: Money.optional(),
            after: Money.optional(),
          }),
        ),
      })
      .optional()
      .openapi({
        description: 'Of a dry run: live names whose price changes once the whole list has started',
      }),
  })
  .openapi('PriceUpload')

const tags = ['Prices']

export const listPriceLists = createRoute({
  operationId: 'listPriceLists',
  method: 'get',
  path: '/api/price-lists',
  tags,
  summary: 'List what was done to prices, newest first',
  security: reads('console:read'),
  request: { query: z.strictObject(paging) },
  responses: { 200: json(PriceListList, 'A page of price lists'), ...readProblems('invalid_request') },
})

export const uploadPriceList = createRoute({
  operationId: 'uploadPriceList',
  method: 'post',
  path: '/api/price-lists',
  tags,
  summary: 'Upload a price list, or try one out',
  description:
    'CSV with the columns `kind,zone,match,currency,amount,starts_at`. Orders keep their price. A list with a reject is not taken.',
  security: changes('prices:set'),
  request: {
    body: body(
      z
        .strictObject({
          title: text(200).min(1),
          text: text(TEXT_CHARACTERS_MAX).min(1),
          reason: Reason,
          dry_run: z.boolean().default(false),
        })
        .openapi('UploadPriceList'),
    ),
  },
  responses: { 200: json(PriceUpload, 'What was done'), ...changeProblems('reason_required') },
})

export const listPrices = createRoute({
  operationId: 'listPrices',
  method: 'get',
  path: '/api/prices',
  tags,
  summary: 'List prices with those of the past and the future, the last to start first',
  security: reads('console:read'),
  request: {
    query: z.strictObject({
      ...paging,
      list_id: Id.optional(),
      kind: Kind.optional(),
      zone: text(253).optional(),
      match: text(253).optional(),
      when: z.enum(['in_force', 'future', 'past']).optional(),
    }),
  },
  responses: { 200: json(PriceListOfPrices, 'A page of prices'), ...readProblems('invalid_request') },
})

export const explainPrice = createRoute({
  operationId: 'explainPrice',
  method: 'get',
  path: '/api/listings/{id}/price-rules',
  tags,
  summary: 'Read why a name costs what it costs: the rules that match it, in their order',
  security: reads('console:read'),
  request: { params: z.strictObject({ id: Id }) },
  responses: { 200: json(PriceRules, 'The rules'), ...readProblems('invalid_request', 'listing_not_found') },
})

export const listZoneFeeAnswers = createRoute({
  operationId: 'listZoneFeeAnswers',
  method: 'get',
  path: '/api/fee-answers',
  tags,
  summary: 'List what registries answered about the prices of names, newest first',
  security: reads('console:read'),
  request: {
    query: z.strictObject({
      ...paging,
      zone: text(253).min(1).optional(),
      verdict: z.enum(feeVerdicts).optional(),
    }),
  },
  responses: { 200: json(ZoneFeeAnswerList, 'A page of fee checks'), ...readProblems('invalid_request') },
})

export const listFeeAnswers = createRoute({
  operationId: 'listFeeAnswers',
  method: 'get',
  path: '/api/listings/{id}/fee-answers',
  tags,
  summary: 'List what the registry answered about the price of a name, newest first',
  security: reads('console:read'),
  request: { params: z.strictObject({ id: Id }), query: z.strictObject(paging) },
  responses: {
    200: json(FeeAnswerList, 'A page of fee checks'),
    ...readProblems('invalid_request', 'listing_not_found'),
  },
})
