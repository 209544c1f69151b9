import {
  basisTexts,
  cautionTexts,
  serviceBases,
  serviceCautions,
  unservedReasons,
  unservedTexts,
} from '@droplock/rules/drop/unserved'
import { releases } from '@droplock/rules/schedule/release'
import { createRoute, z } from '@hono/zod-openapi'
import { DomainName, Id, Time, text } from '../common/primitives.ts'
import { json } from '../common/responses.ts'
import { readProblems, reads } from './operation.ts'
import { Flag, listOf, paging, TimeInput } from './paging.ts'

/** Each word with what it means, for the document. */
const meanings = (texts: Readonly<Record<string, string>>) =>
  Object.entries(texts)
    .map(([word, meaning]) => `\`${word}\`: ${meaning}`)
    .join(' ')

export const ServedName = z
  .object({
    position: z.int().openapi({ description: 'In the order of service of the whole list, from 1' }),
    name: DomainName,
    zone: z.string(),
    listing_id: Id,
    backorder_id: Id,
    ordered_at: Time.openapi({ description: 'When the order was paid' }),
    release: z.enum(releases),
    drop_from: Time,
    drop_to: Time,
    release_at: Time.optional().openapi({ description: 'The instant of its release, where it is known' }),
    basis: z.enum(serviceBases).openapi({ description: meanings(basisTexts) }),
    sharing: z.int().openapi({
      description: 'Names of ours that are tried in the same second, batch or window, this one included',
    }),
    place: z.int().openapi({ description: 'Its place among those, by the order of service, from 1' }),
    capacity: z.int().openapi({ description: 'How many of those the limits of our accounts serve' }),
    creates: z.int().openapi({
      description: 'Creates that it can expect while one could be the first; 0 if it is not served',
    }),
    late_seconds: z.int().optional().openapi({
      description:
        'Whole seconds after that of its release in which its first create is expected, where that is known',
    }),
    reason: z
      .enum(unservedReasons)
      .optional()
      .openapi({ description: `Left out: it is served. ${meanings(unservedTexts)}` }),
    cautions: z.array(z.enum(serviceCautions)).openapi({ description: meanings(cautionTexts) }),
  })
  .openapi('ServedName')

export const OrderOfService = listOf(ServedName, 'ServedNameList')
  .extend({
    at: Time.openapi({ description: 'What is known then is taken to be so at the drop' }),
    names: z.int().openapi({ description: 'Names of the period, whatever is filtered' }),
    unserved: z.int().openapi({ description: 'Those of them that are not expected to be served' }),
    accounts: z.array(
      z.object({
        id: z.string(),
        creates_per_second: z.int(),
        names_in_turn: z
          .int()
          .openapi({ description: 'Names of unknown release that the account tries together' }),
        obstacles: z
          .array(z.enum(unservedReasons))
          .openapi({ description: 'What keeps it from creating now' }),
      }),
    ),
  })
  .openapi('OrderOfService')

export const listOrderOfService = createRoute({
  operationId: 'listOrderOfService',
  method: 'get',
  path: '/api/registries/{id}/order-of-service',
  tags: ['Registries'],
  summary:
    'List the names with paid orders that drop soon, in the order of service, with what can be expected of each',
  description:
    'From now to the end of tomorrow, by the time zone of each zone, unless said otherwise. Where the limits of our accounts do not ' +
    'suffice, the order of service decides: when the order was paid, then the listing id; never the price. It is an expectation: ' +
    'rivals, and what the registry does at the drop, are not known.',
  security: reads('console:read'),
  request: {
    params: z.strictObject({ id: text(100).min(1) }),
    query: z.strictObject({
      ...paging,
      from: TimeInput.optional(),
      to: TimeInput.optional(),
      served: Flag.openapi({ description: 'Only names that are expected to be served, or only the others' }),
    }),
  },
  responses: {
    200: json(OrderOfService, 'A page of names'),
    ...readProblems('invalid_request', 'registry_not_found'),
  },
})

export const ServiceOutlook = z
  .object({
    at: Time,
    windows: z.array(
      z.object({
        registry_id: z.string(),
        zone: z.string(),
        minute: Time.openapi({ description: 'The minute in which the windows of these names begin' }),
        names: z.int().openapi({ description: 'Names with paid orders' }),
        unserved: z.int().openapi({ description: 'Those of them that are not expected to be served' }),
        reasons: z
          .array(z.object({ reason: z.enum(unservedReasons), names: z.int() }))
          .openapi({ description: `Why, the commonest reason first. ${meanings(unservedTexts)}` }),
      }),
    ),
    is_whole: z.boolean().openapi({
      description: 'False where a registry has so many names that not all were read',
    }),
  })
  .openapi('ServiceOutlook')

export const getServiceOutlook = createRoute({
  operationId: 'getServiceOutlook',
  method: 'get',
  path: '/api/order-of-service',
  tags: ['Registries'],
  summary: 'Count the names with paid orders that drop soon and can be expected to be served, by window',
  description:
    'Until the end of tomorrow, by the time zone of each zone. The names are in the list of each registry.',
  security: reads('console:read'),
  responses: { 200: json(ServiceOutlook, 'All windows, the soonest first'), ...readProblems() },
})
