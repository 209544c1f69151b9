import { expect, test, vi } from 'vitest'
import { limitsOf } from '../src/http/limits.ts'
import { rememberActors } from '../src/http/remember-actors.ts'
import { createTestApp, notReached, someKey } from './support/app.ts'
import { everyBodyRefuses, expectProblem } from './support/refuses.ts'
import { wellFormed } from './support/requests.ts'
import { listenBriefly, sendSlowly } from './support/slow-body.ts'

const { send } = createTestApp({ test: notReached })

everyBodyRefuses('malformed_json', 'a body that breaks off', (id) =>
  send({ ...wellFormed[id], key: someKey, body: '{"name": "a.test", "payment": ' }),
)

everyBodyRefuses('malformed_json', 'a number that is infinite once it is read', (id) =>
  send({
    ...wellFormed[id],
    key: someKey,
    body: JSON.stringify(wellFormed[id].body).replace('{', '{"beside":[-1e999],'),
  }),
)

everyBodyRefuses('body_required', 'a request without a body', (id) => {
  const { body: _, ...ask } = wellFormed[id]
  return send({ ...ask, key: someKey })
})

test('an empty body that says it is JSON is no body', async () => {
  const { body: _, ...ask } = wellFormed.placeBackorder
  const response = await send({ ...ask, key: someKey, headers: { 'Content-Type': 'application/json' } })
  await expectProblem(response, 'body_required')
})

everyBodyRefuses('request_too_large', 'a body that is larger than the operation accepts', (id) =>
  send({
    ...wellFormed[id],
    key: someKey,
    body: JSON.stringify({ name: 'a'.repeat(limitsOf(id).bodyBytesMax) }),
  }),
)

test('a body that says it is large is refused before it is read', async () => {
  const headers = { 'Content-Length': '999999999' }
  const response = await send({ ...wellFormed.placeBackorder, key: someKey, body: '{}', headers })
  await expectProblem(response, 'request_too_large')
})

everyBodyRefuses('unsupported_media_type', 'a form', (id) => sendAs(id, 'application/x-www-form-urlencoded'))

test('JSON that says it is text is refused', async () => {
  await expectProblem(await sendAs('placeBackorder', 'text/plain'), 'unsupported_media_type')
})

test('JSON may name its character set', async () => {
  expect((await sendAs('placeBackorder', 'application/json; charset=utf-8')).status).not.toBe(415)
})

function sendAs(id: keyof typeof wellFormed, mediaType: string) {
  return send({ ...wellFormed[id], key: someKey, headers: { 'Content-Type': mediaType } })
}

everyBodyRefuses('request_timeout', 'a body that does not arrive in time', (id) => {
  const { method, path } = wellFormed[id]
  return sendSlowly(method, path)
})

test('that the database is away is said, also before the body has arrived: the client is not at fault', async () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
  const authenticate = rememberActors(() => Promise.reject(refused))
  const response = await sendSlowly('POST', '/v1/backorders', { ...notReached, authenticate })
  await expectProblem(response, 'unavailable')
})

test('a client that goes away in the middle of its body is logged as that, and is no error of ours', async () => {
  const gateway = await listenBriefly()
  const sending = gateway.begin('POST', '/v1/backorders')
  await new Promise((resolve) => sending.on('socket', (socket) => socket.on('connect', resolve)))
  await vi.waitFor(
    () => {
      sending.destroy()
      expect(gateway.logged()).toContainEqual(expect.objectContaining({ client_gone: true }))
    },
    { timeout: 30_000, interval: 20 },
  )
  expect(gateway.logged()).not.toContainEqual(expect.objectContaining({ status: 500 }))
  expect(gateway.logged()).not.toContainEqual(expect.objectContaining({ level: 'error' }))
  await gateway.close()
})
