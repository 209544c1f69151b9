import { createRoute, z } from '@hono/zod-openapi'
import { Time } from '../common/primitives.ts'
import { json } from '../common/responses.ts'
import { readProblems, reads } from './operation.ts'
import { listOf } from './paging.ts'

const Sessions = z.object({
  open: z.int(),
  allowed: z.int(),
})

export const RegistryAccountStatus = z
  .object({
    id: z.string(),
    registry_id: z.string(),
    clid: z.string(),
    is_simulator: z.boolean(),
    phase: z.enum(['connecting', 'driven', 'released', 'silent', 'unreported']).openapi({
      description:
        '`silent`: its catcher has not reported for seconds, and what is shown is old. `released`: its catcher has let it go. ' +
        '`unreported`: no catcher ever reported',
    }),
    lease: z
      .object({
        owner: z.string().openapi({ description: 'The id of the catcher process' }),
        since: Time,
        is_held: z.boolean(),
      })
      .optional(),
    problems: z
      .array(z.string())
      .openapi({ description: 'The codes of what is wrong, as in the readiness of the catcher' }),
    sessions: Sessions.optional(),
    drop_sessions: Sessions.optional().openapi({
      description: 'Those at the separate hosts for creates, where the registry has them',
    }),
    login_at: Time.optional().openapi({ description: 'The last accepted login' }),
    login_refused: z.object({ at: Time, code: z.int() }).optional(),
    commands: z
      .object({
        in_second: z.int(),
        in_minute: z.int(),
        per_second_max: z.number().optional(),
        per_minute_max: z.number().optional(),
      })
      .optional()
      .openapi({ description: 'Commands in the last whole second and minute, and the limits' }),
    creates: z
      .object({
        used: z.int(),
        allowed: z.int(),
        free_at: Time.optional().openapi({ description: 'When a spent budget has room again' }),
      })
      .optional()
      .openapi({ description: 'The budget of failed creates in any 24 hours; left out where there is none' }),
    clock: z
      .object({ offset_ms: z.number(), error_ms: z.number(), measured_at: Time })
      .optional()
      .openapi({ description: 'The registry’s clock minus ours, and the bound of its error' }),
    funds: z.object({ available: z.string(), currency: z.string().optional(), at: Time }).optional().openapi({
      description: 'What the registry said of our funds last, as it was written; it reports low funds only',
    }),
    names: z
      .object({ armed: z.int(), prepared: z.int(), firing: z.int(), ambiguous: z.int() })
      .optional()
      .openapi({
        description: 'Names in the plan of the catcher. `prepared`: those armed whose registration is known',
      }),
    settings_version: z.int().optional().openapi({
      description: 'The version of the registry’s settings by which it is driven; see `getRegistrySettings`',
    }),
    reported_at: Time.optional(),
  })
  .openapi('RegistryAccountStatus')

export const RegistryAccountStatusList = listOf(RegistryAccountStatus, 'RegistryAccountStatusList')

export const listAccountStatuses = createRoute({
  operationId: 'listAccountStatuses',
  method: 'get',
  path: '/api/registry-account-statuses',
  tags: ['Registries'],
  summary: 'List our registry accounts with what their catchers report of them about once a second',
  security: reads('console:read'),
  responses: { 200: json(RegistryAccountStatusList, 'The whole list'), ...readProblems() },
})
