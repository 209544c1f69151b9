import { connectFailures, connectionSteps } from '@droplock/rules/connection-tests'
import { connectionTestMachine } from '@droplock/rules/machines/connection-test'
import { statesOf } from '@droplock/rules/machines/machine'
import { createRoute, z } from '@hono/zod-openapi'
import { Id, Time, text } from '../common/primitives.ts'
import { body, json } from '../common/responses.ts'
import { changeProblems, changes, readProblems, reads } from './operation.ts'
import { listOf, paging } from './paging.ts'

const step = z.enum(connectionSteps)

export const ConnectionTest = z
  .object({
    id: Id,
    registry_account_id: z.string(),
    state: z.enum(statesOf(connectionTestMachine)).openapi({
      description: '`unanswered`: no catcher took it within a minute, or finished it within three',
    }),
    requested_at: Time,
    requested_by: z.string(),
    started_at: Time.optional(),
    decided_at: Time.optional(),
    step: step.optional().openapi({ description: 'The step under way, or the one that failed' }),
    findings: z.object({
      hosts: z
        .array(
          z.object({
            host: z.string(),
            port: z.int(),
            failure: z.enum(connectFailures).optional(),
            message: z.string().optional(),
          }),
        )
        .optional()
        .openapi({ description: 'Those that were tried, in order' }),
      steps: z
        .array(z.object({ step, took_ms: z.number() }))
        .optional()
        .openapi({ description: 'Those that were done' }),
      certificate: z.object({ subject: z.string(), issuer: z.string(), expires_at: Time }).optional(),
      greeting: z
        .object({
          server_name: z.string(),
          server_time: Time.optional(),
          versions: z.array(z.string()),
          langs: z.array(z.string()),
          objects: z.array(z.string()),
          extensions: z.array(z.string()),
        })
        .optional(),
      clock: z
        .object({ offset_ms: z.number(), error_ms: z.number() })
        .optional()
        .openapi({ description: 'The registry’s clock minus ours, and the bound of its error' }),
    }),
    answer_code: z.int().optional().openapi({ description: 'The EPP result code of a refused login' }),
    message: z.string().optional().openapi({ description: 'Why it failed, with secrets masked' }),
  })
  .openapi('ConnectionTest')

export const ConnectionTestList = listOf(ConnectionTest, 'ConnectionTestList')

const tags = ['Registries']

export const listConnectionTests = createRoute({
  operationId: 'listConnectionTests',
  method: 'get',
  path: '/api/connection-tests',
  tags,
  summary: 'List tests of connections to registries, the newest first',
  security: reads('console:read'),
  request: { query: z.strictObject({ ...paging, registry_account_id: text(100).min(1).optional() }) },
  responses: { 200: json(ConnectionTestList, 'A page of tests'), ...readProblems('invalid_request') },
})

export const testConnection = createRoute({
  operationId: 'testConnection',
  method: 'post',
  path: '/api/connection-tests',
  tags,
  summary: 'Have the catcher of a registry account test its connection',
  description:
    'It closes the sessions of the account for some seconds, opens one, logs in once, asks for a greeting and logs out, within the ' +
    'limits of the account. Not while names of the registry drop, or will within three minutes.',
  security: changes('registries:set'),
  request: {
    body: body(z.strictObject({ registry_account_id: text(100).min(1) }).openapi('TestConnection')),
  },
  responses: {
    201: json(z.object({ id: Id }).openapi('RequestedConnectionTest'), 'Its id'),
    ...changeProblems('registry_account_not_found', 'drop_too_near', 'connection_test_open'),
  },
})
