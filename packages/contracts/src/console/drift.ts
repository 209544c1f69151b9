import { createRoute, z } from '@hono/zod-openapi'
import { DateInput, DomainName, Id, Time, text } from '../common/primitives.ts'
import { json } from '../common/responses.ts'
import { readProblems, reads } from './operation.ts'
import { listOf, paging, Search } from './paging.ts'

export const DriftList = listOf(
  z
    .object({
      zone: z.string(),
      day: z.string().openapi({ description: 'By the time zone of the registry', example: '2026-11-28' }),
      measured_at: Time.optional(),
      names: z.int().openapi({ description: 'Names with an order' }),
      open: z.int().openapi({ description: 'Those of them whose result is open' }),
      observed: z.int().openapi({ description: 'Names that went in this batch, as far as that was seen' }),
      median_seconds: z.number().optional().openapi({
        description: 'Later than expected, or earlier if negative; absent if no name was observed',
      }),
      spread_seconds: z.number().optional().openapi({ description: 'Of the middle 80 %' }),
      earliest_seconds: z.number().optional(),
      latest_seconds: z.number().optional(),
      from_shift_seconds: z
        .int()
        .openapi({ description: 'How much the start of submission windows differs from the schedule' }),
      to_shift_seconds: z.int().openapi({ description: 'How much their end differs' }),
      change_id: Id.optional().openapi({ description: 'The schedule change that moved them' }),
      beyond: z.boolean().openapi({ description: 'Names are further off than submissions follow' }),
      in_lists: z.int().openapi({ description: 'Names that a list of deletions of the registry has' }),
    })
    .openapi('BatchDrift'),
  'BatchDriftList',
)

export const ObservedDropList = listOf(
  z
    .object({
      listing_id: Id,
      name: DomainName,
      kind: z.enum(['create', 'creation_date', 'flip', 'list']).openapi({
        description:
          '`create`: our create registered it. `creation_date`: that of the registration that followed. `flip`: `info` showed it ' +
          'registered, and then free. `list`: the registry’s list of the names that it deleted on a day.',
      }),
      expected_from: Time,
      expected_to: Time,
      at_from: Time.optional().openapi({ description: 'It went after this; absent if nobody looked before' }),
      at_to: Time.openapi({ description: 'It went at or before this, by the clock of the registry' }),
      in_batch: z.boolean().openapi({ description: 'False if it went too far from its window to count' }),
      evidence: z
        .string()
        .openapi({ description: 'Our transaction id of the command that showed it, or the run of the list' }),
      recorded_at: Time,
    })
    .openapi('ObservedDrop'),
  'ObservedDropList',
)

const tags = ['Drop schedules']

export const listDrift = createRoute({
  operationId: 'listDrift',
  method: 'get',
  path: '/api/drift',
  tags,
  summary: 'Compare expected with observed drops, by zone and day, the newest day first',
  security: reads('console:read'),
  request: {
    query: z.strictObject({
      ...paging,
      zone: text(253).optional(),
      registry_id: text(100).optional(),
      from: DateInput.optional(),
      to: DateInput.optional(),
    }),
  },
  responses: { 200: json(DriftList, 'A page of batches'), ...readProblems('invalid_request') },
})

export const listObservedDrops = createRoute({
  operationId: 'listObservedDrops',
  method: 'get',
  path: '/api/drift/{zone}/{day}/drops',
  tags,
  summary: 'List when the names of a zone and day went, and what showed it',
  security: reads('console:read'),
  request: {
    params: z.strictObject({ zone: text(253), day: DateInput }),
    query: z.strictObject({ ...paging, q: Search }),
  },
  responses: { 200: json(ObservedDropList, 'A page of drops'), ...readProblems('invalid_request') },
})
