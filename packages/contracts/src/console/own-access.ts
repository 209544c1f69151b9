import { createRoute, z } from '@hono/zod-openapi'
import { Id, Time, text } from '../common/primitives.ts'
import { body, json } from '../common/responses.ts'
import { changeProblems, readProblems, reads } from './operation.ts'
import { listOf, paging } from './paging.ts'

const userAgent = z.string().openapi({
  description: 'The browser, as it names itself; empty where it was not recorded',
  example: 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
})

export const StaffSession = z
  .object({
    id: Id,
    user_agent: userAgent,
    source: z.string().openapi({ description: 'The network it was opened from', example: '192.0.2.7' }),
    created_at: Time,
    seen_at: Time.openapi({ description: 'Last used, to the minute' }),
    expires_at: Time,
    second_factor: z.boolean(),
    is_current: z.boolean().openapi({ description: 'The session of this request' }),
  })
  .openapi('StaffSession')

export const StaffSessionList = listOf(StaffSession, 'StaffSessionList')

export const StaffDevice = z
  .object({ id: Id, user_agent: userAgent, created_at: Time, used_at: Time, expires_at: Time })
  .openapi('StaffDevice', {
    description: 'A browser in which failed attempts elsewhere do not delay your sign-in',
  })

export const StaffDeviceList = listOf(StaffDevice, 'StaffDeviceList')

const tags = ['Session']
const session = reads('console:read')
const change = [{ session: [], csrf: [] }]
const params = z.strictObject({ id: Id })

export const listOwnSessions = createRoute({
  operationId: 'listOwnSessions',
  method: 'get',
  path: '/api/me/sessions',
  tags,
  summary: 'List your open sessions, last used first',
  security: session,
  request: { query: z.strictObject(paging) },
  responses: { 200: json(StaffSessionList, 'A page of sessions'), ...readProblems('invalid_request') },
})

export const endOwnSession = createRoute({
  operationId: 'endOwnSession',
  method: 'post',
  path: '/api/me/sessions/{id}/end',
  tags,
  summary: 'End one of your sessions',
  security: change,
  request: { params },
  responses: {
    204: { description: 'The session has ended' },
    ...changeProblems('staff_session_not_found'),
  },
})

export const endOtherSessions = createRoute({
  operationId: 'endOtherSessions',
  method: 'post',
  path: '/api/me/sessions/end-others',
  tags,
  summary: 'End all of your sessions but this one',
  security: change,
  responses: { 204: { description: 'The other sessions have ended' }, ...changeProblems() },
})

export const listOwnDevices = createRoute({
  operationId: 'listOwnDevices',
  method: 'get',
  path: '/api/me/devices',
  tags,
  summary: 'List your known devices, last used first',
  security: session,
  request: { query: z.strictObject(paging) },
  responses: { 200: json(StaffDeviceList, 'A page of devices'), ...readProblems('invalid_request') },
})

export const forgetDevice = createRoute({
  operationId: 'forgetDevice',
  method: 'post',
  path: '/api/me/devices/{id}/forget',
  tags,
  summary: 'Forget one of your devices',
  security: change,
  request: { params },
  responses: { 204: { description: 'The device is unknown again' }, ...changeProblems() },
})

export const setOwnPassword = createRoute({
  operationId: 'setOwnPassword',
  method: 'post',
  path: '/api/me/password',
  tags,
  summary: 'Change your password',
  description: 'Your other sessions end, and your other devices are forgotten.',
  security: change,
  request: {
    body: body(
      z
        .strictObject({ password: text(1_000).min(1).openapi({ format: 'password' }) })
        .openapi('SetOwnPassword'),
    ),
  },
  responses: {
    204: { description: 'The password was changed' },
    ...changeProblems('password_too_common', 'password_too_short'),
  },
})
