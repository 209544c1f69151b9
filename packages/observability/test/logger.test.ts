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

test('no secret is written, at the top, nested, or as a header', () => {
  const { logger, lines } = recorder()
  const secrets = {
    authorization: 'hush',
    cookie: 'hush',
    'set-cookie': 'hush',
    'x-api-key': 'hush',
    password: 'hush',
    pw: 'hush',
    authInfo: 'hush',
    apiKey: 'hush',
    client_secret: 'hush',
    pay_url: 'hush',
    payUrl: 'hush',
    clientSecret: 'hush',
    'stripe-signature': 'hush',
  }
  logger.info({ ...secrets, config: secrets, req: { headers: secrets }, kept: 'seen' })
  expect(lines.join('')).not.toContain('hush')
  expect(lines.join('')).toContain('seen')
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
