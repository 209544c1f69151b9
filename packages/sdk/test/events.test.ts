import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, expectTypeOf, onTestFinished, test } from 'vitest'
import type { Schema } from '../src/client.ts'
import { type Event, type EventOf, followEvents, type Resync } from '../src/events.ts'

type Answer = (response: ServerResponse) => void

/** A server that answers each connection in its turn, and the last ones not at all. Returns what was asked for. */
async function serve(answers: readonly Answer[]) {
  const asked: IncomingMessage[] = []
  const server = createServer((request, response) => {
    asked.push(request)
    answers[asked.length - 1]?.(response)
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve())
  })
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const stop = new AbortController()
  onTestFinished(() => stop.abort())
  const options = { baseUrl: `http://127.0.0.1:${port}`, apiKey: 'dlk_test_1', signal: stop.signal }
  return { asked, options, stop }
}

const type = { 'content-type': 'text/event-stream' }
const block = (id: number) =>
  `id: ${id}\nevent: balance.low\ndata: ${JSON.stringify({ id: `e${id}`, type: 'balance.low', cursor: `${id}` })}\n\n`
const sending =
  (text: string): Answer =>
  (response) =>
    response.writeHead(200, type).end(text)
const cut =
  (text: string): Answer =>
  (response) => {
    response.writeHead(200, type).write(text, () => response.destroy())
  }

async function take(count: number, events: AsyncGenerator<Event | Resync>) {
  const taken: (Event | Resync)[] = []
  for await (const event of events) if (taken.push(event) === count) break
  return taken
}
const cursorOf = (event: Event | Resync) => ('cursor' in event ? event.cursor : event)

test('it connects again and continues after what came last, also where that was no event', async () => {
  const { asked, options } = await serve([
    sending(`retry: 1000\nid: 3\n\n${block(4)}`),
    cut(`${block(5)}: heartbeat\nid: 9\n\n`),
    (response) => response.writeHead(503).end(),
    sending(block(10)),
  ])
  const types = ['balance.low', 'backorder.failed'] as const
  expect((await take(3, followEvents({ ...options, types }))).map(cursorOf)).toEqual(['4', '5', '10'])
  expect(asked.map(({ headers }) => headers['last-event-id'])).toEqual([undefined, '4', '9', '9'])
  expect(asked[0]?.headers.authorization).toBe('Bearer dlk_test_1')
  expect(asked[0]?.url).toBe('/v1/events/stream?topic=balance.low%2Cbackorder.failed')
})

test('a cursor that is gone reaches the caller, and what follows comes', async () => {
  const data = JSON.stringify({ code: 'event_cursor_gone', oldest_cursor: '50' })
  const { asked, options } = await serve([sending(`id: 60\nevent: resync\ndata: ${data}\n\n${block(61)}`)])
  const taken = await take(2, followEvents({ ...options, after: '1' }))
  expect(taken.map(cursorOf)).toEqual([{ type: 'resync', oldest_cursor: '50' }, '61'])
  expect(asked[0]?.headers['last-event-id']).toBe('1')
})

test('a refusal that does not pass ends it', async () => {
  const problem = { code: 'unauthenticated', retryable: false, status: 401, detail: 'No.' }
  const refuse: Answer = (response) =>
    response.writeHead(401, { 'content-type': 'application/problem+json' }).end(JSON.stringify(problem))
  const { options } = await serve([sending(block(4)), refuse])
  await expect(take(2, followEvents(options))).rejects.toMatchObject({ status: 401, code: 'unauthenticated' })
})

test('it ends when it is asked to', async () => {
  const { options, stop, asked } = await serve([])
  const taking = take(1, followEvents(options))
  await expect.poll(() => asked.length).toBe(1)
  stop.abort()
  expect(await taking).toEqual([])
})

const keepSending: Answer = (response) => {
  response.writeHead(200, type)
  const timer = setInterval(() => response.write(block(1).repeat(20)), 1)
  response.once('close', () => clearInterval(timer))
}

test('it ends when it is asked to, also after it has read for long', async () => {
  // Node's fetch refers to its request weakly. What has run often is optimised, and does not keep the request then.
  setFlagsFromString('--expose-gc')
  const collectGarbage: () => void = runInNewContext('gc')
  const { options, stop } = await serve([keepSending])
  let taken = 0
  for await (const event of followEvents(options)) {
    taken += event.type === 'balance.low' ? 1 : 0
    if (taken % 2_000 === 0) collectGarbage()
    if (taken === 20_000) stop.abort()
  }
  expect(taken).toBeGreaterThanOrEqual(20_000)
})

test('the type of an event says what it holds', () => {
  expectTypeOf<EventOf<'backorder.failed'>['data']>().toEqualTypeOf<Schema<'BackorderSnapshot'>>()
  expectTypeOf<EventOf<'balance.low'>['data']['balance']>().toEqualTypeOf<Schema<'Money'>>()
})
