import { expect, test } from 'vitest'
import { createLogger } from '../src/logger.ts'
import { wideEvent } from '../src/wide-event.ts'

function recorder() {
  const lines: string[] = []
  const logger = createLogger({
    app: 'gateway',
    level: 'info',
    pretty: false,
    destination: { write: (line) => lines.push(line) },
  })
  return { logger, lines, events: () => lines.map((line): unknown => JSON.parse(line)) }
}

test('a line is one JSON object with the app, the level by name and an ISO time', () => {
  const { logger, events } = recorder()
  logger.warn({ port: 8080 }, 'listening')
  expect(events()).toEqual([
    {
      level: 'warn',
      time: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/),
      app: 'gateway',
      port: 8080,
      msg: 'listening',
    },
  ])
})

/** The list of what no log may show. A name that is taken out of it is an accident. */
const secretNames = [
  'authorization',
  'cookie',
  'set-cookie',
  'x-api-key',
  'x-csrf-token',
  'csrf_token',
  'password',
  'newPassword',
  'password_hash',
  'pw',
  'newPW',
  'authInfo',
  'auth_info',
  'apiKey',
  'api_key',
  'secret',
  'token',
  'privateKey',
  'secretKey',
  'webhookSecret',
  'clientSecret',
  'client_secret',
  'payUrl',
  'pay_url',
  'stripe-signature',
]

test.each(secretNames)('no %s is written, wherever it stands', (name) => {
  const { logger, lines } = recorder()
  const secret = { [name]: 'hush', kept: 'seen' }
  logger.info(secret)
  logger.info({ config: secret })
  logger.info({ req: { headers: secret } })
  logger.info({ list: [secret] })
  logger.info({ [name]: { deeper: 'hush' } })
  logger.info({ converted: { toJSON: () => secret } })
  logger.child(secret).info('of a child')
  logger.error(Object.assign(new Error('broken'), secret))
  logger.error({ err: Object.assign(new Error('broken'), { request: secret }) })
  logger.error({ err: new Error('broken', { cause: Object.assign(new Error('why'), secret) }) })
  logger.error({ err: new AggregateError([Object.assign(new Error('one'), secret)]) })
  expect(lines).toHaveLength(11)
  expect(lines.join('')).not.toContain('hush')
  expect(lines.filter((line) => line.includes('seen'))).not.toHaveLength(0)
})

test('what is logged is left as it is', () => {
  const { logger, events } = recorder()
  const fields = { at: new Date(0), headers: { cookie: 'hush', accept: '*/*' }, none: null, list: [1, 'two'] }
  logger.info(fields)
  expect(fields.headers.cookie).toBe('hush')
  expect(events()).toMatchObject([
    {
      at: '1970-01-01T00:00:00.000Z',
      headers: { cookie: '[redacted]', accept: '*/*' },
      none: null,
      list: [1, 'two'],
    },
  ])
})

test('a wide event is one line with everything that was gathered, however often it is ended', () => {
  const { logger, events } = recorder()
  let nowMs = 100
  const event = wideEvent(logger, 'request', () => nowMs)
  event.add({ method: 'GET' })
  event.add({ status: 200 })
  nowMs = 112.5
  event.end()
  event.end()
  expect(events()).toMatchObject([
    { level: 'info', event: 'request', method: 'GET', status: 200, duration_ms: 12.5 },
  ])
})

test('an error makes its event an error event, with the stack', () => {
  const { logger, events } = recorder()
  const event = wideEvent(logger, 'request')
  event.fail(new Error('broken'))
  event.end()
  expect(events()).toMatchObject([
    { level: 'error', err: { message: 'broken', stack: expect.stringContaining('logger.test.ts') } },
  ])
})
