import { COUNTED_MAX } from '@droplock/rules/counts'
import { catchTargetMachine } from '@droplock/rules/machines/catch-target'
import { statesOf } from '@droplock/rules/machines/machine'
import { createRoute, z } from '@hono/zod-openapi'
import { DomainName, Id, Money, Time } from '../common/primitives.ts'
import { json } from '../common/responses.ts'
import { readProblems, reads } from './operation.ts'
import { RegistryAccountStatus } from './registry-status.ts'

const State = z.enum(statesOf(catchTargetMachine))
const upTo = { description: `${COUNTED_MAX} means as many or more` }

export const DropRoom = z
  .object({
    at: Time,
    accounts: z.array(RegistryAccountStatus),
    registries: z.array(
      z.object({
        id: z.string(),
        stop: z.object({ reason: z.string(), stopped_at: Time, stopped_by: z.string() }).optional(),
        paid_in_window: z.boolean().openapi({
          description: 'A paid name is in its window: two people stop the registry',
        }),
        armed: z.int().openapi(upTo),
        firing: z.int().openapi(upTo),
        ambiguous: z.int().openapi(upTo),
        awaiting_award: z.int().openapi(upTo),
      }),
    ),
    results: z
      .array(
        z.object({
          backorder_id: Id,
          name: DomainName,
          registry_id: z.string(),
          state: State,
          decided_at: Time,
          lost_by_min_ms: z.int().optional(),
          lost_by_max_ms: z.int().optional(),
          holder_clid: z.string().optional(),
          creates: z.int().optional(),
        }),
      )
      .openapi({ description: 'What was decided last, the newest first' }),
    window: z
      .object({
        from: Time,
        names: z.int().openapi({ description: 'Paid names that drop within an hour of its beginning' }),
        shown: z.array(
          z.object({
            backorder_id: Id,
            name: DomainName,
            registry_id: z.string(),
            state: State,
            drop_from: Time,
            drop_to: Time,
            price: Money,
          }),
        ),
      })
      .optional()
      .openapi({
        description:
          'The window that is open, or else the next one, with its most valuable names first; left out: none is armed',
      }),
  })
  .openapi('DropRoom')

export const getDropRoom = createRoute({
  operationId: 'getDropRoom',
  method: 'get',
  path: '/api/drop-room',
  tags: ['Overview'],
  summary: 'Read what is watched in the hour of a drop',
  security: reads('console:read'),
  responses: { 200: json(DropRoom, 'The overview, as of one moment'), ...readProblems() },
})
