import { createRoute, z } from '@hono/zod-openapi'
import { readProblems, reads } from './operation.ts'

export const followChanges = createRoute({
  operationId: 'followChanges',
  method: 'get',
  path: '/api/changes',
  tags: ['Overview'],
  summary: 'Follow what changes, to read again what is shown',
  description:
    'Server-sent events. `changes`: an array of `{"resource":"backorders","ids":["…"]}`, where `resource` is the first part of the path ' +
    'of a list; without `ids` any of its records may have changed. `resync`: changes may have been missed, so everything has to be read again. ' +
    '`ended`: the session has ended. A comment comes every 15 seconds. Only lists that the person may read are named. An open stream does ' +
    'not keep a session from ending for want of activity.',
  security: reads('console:read'),
  responses: {
    200: {
      description: 'The stream',
      content: { 'text/event-stream': { schema: z.string() } },
    },
    ...readProblems('too_many_streams'),
  },
})
