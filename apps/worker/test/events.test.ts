import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { topUp } from '@droplock/core/accounts/top-up'
import { placeBackorder } from '@droplock/core/backorders/place'
import type { AccountContext } from '@droplock/core/context'
import { createWakeUp } from '@droplock/core/events/feed'
import { onServer } from '@droplock/core/testing/server'
import { DELIVERY_RETRY_DAYS, type Topic } from '@droplock/rules/events'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import {
  advanceAll,
  givenReceiver,
  passPauses,
  passRetryDays,
} from '../../../packages/core/test/support/receivers.ts'
import { deliveryJobs, type Sender } from '../src/events/event-jobs.ts'
import { givenShop } from './money/shop.ts'
import { givenWorld, type World } from './support/world.ts'

const NAME = 'wanted.test'
const patient = { timeout: 30_000, interval: 20 }
const worker = join(import.meta.dirname, '..', 'src', 'main.ts')
const sender = join(import.meta.dirname, 'support', 'delivering-worker.ts')

let world: World
const children: ChildProcess[] = []
const servers: Server[] = []

beforeEach(async () => {
  world = await givenWorld()
})
afterEach(async () => {
  await Promise.all(children.splice(0).map((child) => kill(child)))
  for (const server of servers.splice(0)) server.close().closeAllConnections()
  await world.clone.drop()
})

function start(main: string, args: readonly string[] = [], env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [main, ...args], { env, stdio: 'ignore' })
  children.push(child)
  return child
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGKILL')
  await exited
}

/** An order that is paid: something happened. */
async function order(by?: AccountContext): Promise<void> {
  const buyer = by ?? (await givenShop(world.ctx, [NAME]))
  const { accountId } = buyer.actor
  await topUp(world.ctx, { accountId, amountMinor: 10_000n, receiptId: world.ctx.newId() })
  await placeBackorder(buyer, { name: NAME, payment: 'balance' })
}

const deliveries = () =>
  world.ctx.db.selectFrom('event_delivery').select(['state', 'attempts', 'receiver_id', 'event_id']).execute()

/** Those of what is kept. A worker that has just started also announces the drop list, a moment later. */
const positionsOf = (topic: Topic) =>
  world.ctx.db.selectFrom('event').select('position').where('topic', '=', topic).execute()

/** A receiver that keeps what it is sent. It answers from the moment that `isAnswering` is set. */
async function startReceiver() {
  const bodies: { readonly id: string; readonly topic: string }[] = []
  const receiver = { url: '', bodies, isAnswering: false }
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      bodies.push(JSON.parse(Buffer.concat(parts).toString()))
      if (receiver.isAnswering) response.end()
    })
  }).listen(0, '127.0.0.1')
  servers.push(server)
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return Object.assign(receiver, { url: `http://127.0.0.1:${address.port}/` })
}

test('a running worker numbers what happens and plans its deliveries, without a notification', async () => {
  const receiverId = await givenReceiver(world.ctx)
  const buyer = await givenShop(world.ctx, [NAME])
  start(worker, [], { DATABASE_URL: world.clone.urls.worker })
  // Not at the same time as the order: either could be the first.
  await vi.waitFor(
    async () => expect(await positionsOf('drop_list.published')).toEqual([{ position: 1n }]),
    patient,
  )
  await order(buyer)
  await vi.waitFor(
    async () => expect(await deliveries()).toMatchObject([{ state: 'pending', receiver_id: receiverId }]),
    patient,
  )
  expect(await positionsOf('backorder.secured')).toEqual([{ position: 2n }])
})

test('a running worker deletes what is older than the retention period', async () => {
  await order()
  await onServer(world.clone.url, (client) =>
    client.query(`insert into event (id, topic, account_id, subject_id, data, occurred_at)
      select gen_random_uuid(), topic, account_id, subject_id, data, occurred_at - interval '31 days' from event`),
  )
  start(worker, [], {
    DATABASE_URL: world.clone.urls.worker,
    DROPLOCK_RETENTION_DAYS: JSON.stringify({ event: 30 }),
    DROPLOCK_RETENTION_MS: '50',
  })
  await vi.waitFor(
    async () =>
      expect(await world.ctx.db.selectFrom('event_feed').select('pruned_position').execute()).toEqual([
        { pruned_position: 1n },
      ]),
    patient,
  )
  expect(await positionsOf('backorder.secured')).toEqual([{ position: 2n }])
})

test('an attempt that ends because the worker stops is no failure of the receiver', async () => {
  await givenReceiver(world.ctx)
  await order()
  await advanceAll(world.ctx)
  await passRetryDays(world.ctx, DELIVERY_RETRY_DAYS)
  const stopping = new AbortController()
  const webhook = vi.fn<Sender>(async (_delivery, signal) => {
    stopping.abort()
    throw signal.reason
  })
  const rule = { owner: world.ctx.newId(), senders: { webhook }, everyMs: 1_000, wakeUp: createWakeUp() }
  const [job] = deliveryJobs(world.ctx, rule)
  await job?.run(stopping.signal)
  expect(webhook).toHaveBeenCalledOnce()
  expect(await deliveries()).toMatchObject([{ state: 'pending' }])
})

test('a process that is killed with -9 while it sends is followed by another: the event is delivered, by its one id', async () => {
  const receiver = await startReceiver()
  await givenReceiver(world.ctx, { address: receiver.url })
  await order()
  await advanceAll(world.ctx)
  const first = start(sender, [world.clone.urls.worker])
  await vi.waitFor(() => expect(receiver.bodies).toHaveLength(1), patient)
  await kill(first)
  expect(await deliveries()).toMatchObject([{ state: 'pending', attempts: 1 }])

  receiver.isAnswering = true
  start(sender, [world.clone.urls.worker])
  // Time is moved, not waited for: the lease of the dead is over.
  await passPauses(world.ctx)
  await vi.waitFor(
    async () => expect(await deliveries()).toMatchObject([{ state: 'delivered', attempts: 2 }]),
    patient,
  )
  const [delivery] = await deliveries()
  expect(receiver.bodies).toMatchObject([
    { id: delivery?.event_id, topic: 'backorder.secured' },
    { id: delivery?.event_id, topic: 'backorder.secured' },
  ])
})
