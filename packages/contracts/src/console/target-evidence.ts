import { createRoute, z } from '@hono/zod-openapi'
import { DomainName, Id, Time } from '../common/primitives.ts'
import { json } from '../common/responses.ts'
import { targetStates } from '../common/words.ts'
import { readProblems, reads } from './operation.ts'
import { AttemptEntry } from './timeline.ts'

export const TargetEvidence = z
  .object({
    id: Id,
    name: DomainName,
    backorder_id: Id,
    account_name: z.string(),
    registry_id: z.string(),
    state: z.enum(targetStates),
    drop_from: Time,
    drop_to: Time,
    grace_until: Time,
    is_left_to_people: z.boolean().openapi({ description: 'Whether its outcome may be proposed now' }),
    prior_clid: z.string().optional().openapi({ description: 'The registrar of the deleted registration' }),
    prior_cr_date: Time.optional(),
    registry_account_ids: z.array(z.string()).openapi({ description: 'Our accounts at the registry' }),
    answers: z
      .array(
        z.object({
          registry_account_id: z.string(),
          command: z.string(),
          outcome: z.string(),
          code: z.int().optional(),
          message: z.string().optional(),
          count: z.int(),
          first_at: Time,
          last_at: Time,
        }),
      )
      .openapi({ description: 'Equal answers together, in the order of the first of each' }),
    attempts: z
      .array(AttemptEntry)
      .openapi({ description: 'The newest attempts other than answered creates, newest first' }),
    messages: z
      .array(
        z.object({
          registry_account_id: z.string(),
          message_id: z.string(),
          received_at: Time,
          text: z.string(),
        }),
      )
      .openapi({ description: 'What registries sent about the name, newest first' }),
    observed: z
      .array(z.object({ kind: z.string(), at_from: Time.optional(), at_to: Time, evidence: z.string() }))
      .openapi({ description: 'When the deleted registration went' }),
  })
  .openapi('TargetEvidence')

export const getTargetEvidence = createRoute({
  operationId: 'getTargetEvidence',
  method: 'get',
  path: '/api/targets/{id}/evidence',
  tags: ['Backorders'],
  summary: 'Read what is known of a catch target, for the people who decide its outcome',
  security: reads('console:read'),
  request: { params: z.strictObject({ id: Id }) },
  responses: {
    200: json(TargetEvidence, 'The evidence'),
    ...readProblems('invalid_request', 'target_not_found'),
  },
})
