import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { newId } from '@droplock/core/new-id'
import { onServer } from '@droplock/core/testing/server'
import { Refusal } from '@droplock/rules/refusals'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import type { ReadLot } from '../src/http/read-lot.ts'
import { answering, createTestApp, someKey } from './support/app.ts'
import { everyReadRefuses } from './support/refuses.ts'
import { wellFormed } from './support/requests.ts'
import { givenCustomer, givenListings, openWorld } from './support/world.ts'

const mainFile = fileURLToPath(new URL('../src/main.ts', import.meta.url))

/** Reads that are all in use. */
const full: ReadLot = {
  reads: {
    within: () => {
      throw new Error('not reached')
    },
    snapshot: () => {
      throw new Error('not reached')
    },
    connectionsMax: 1,
    connections: () => ({ busy: 0, idle: 0, waiting: 0 }),
    destroy: async () => undefined,
  },
  take: async () => {
    throw new Refusal('read_limit_reached', 'Others are running.')
  },
}

everyReadRefuses('read_limit_reached', 'when its account has too many under way', (operation) => {
  const served = { ...answering(async () => []), lot: full }
  return createTestApp({ test: served }).send({ ...wellFormed[operation], key: someKey })
})

/** The gateway as it is run, on a database with open names and so many customers. */
async function startGateway(customers: number) {
  const world = await openWorld()
  onTestFinished(world.drop)
  const names = Array.from({ length: 30 }, (_, index) => `n${index}.test`)
  await givenListings(world.ctx, names)
  const found = await Promise.all(Array.from({ length: customers }, () => givenCustomer(world.ctx)))
  const environment = { DATABASE_URL: world.urls.gateway, PORT: '0', REQUEST_MS_MAX: '20000' }
  const child = spawn(process.execPath, [mainFile], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return { names, keys: found.map(({ key }) => key), database: world.url, url: await urlOf(child) }
}

async function urlOf(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('the gateway has no standard output')
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.includes('"listening"')) return z.object({ url: z.string() }).parse(JSON.parse(line)).url
  }
  throw new Error('the gateway ended before it listened')
}

const order = (url: string, key: string | undefined, name: string) =>
  fetch(`${url}/v1/backorders`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${key}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': newId(),
    },
    body: JSON.stringify({ name, payment: 'balance' }),
  })

test.each([20, 200])(
  '%i lists that are stuck keep no order waiting, and none of them outlives its client',
  async (lists) => {
    const { names, keys, url, database } = await startGateway(25)
    const gone = new AbortController()
    await onServer(database, (blocker) =>
      onServer(database, async (watcher) => {
        const countReads = async () =>
          (
            await watcher.query(
              "select from pg_stat_activity where application_name like 'droplock-gateway%' and wait_event_type = 'Lock' and datname = current_database()",
            )
          ).rowCount
        await blocker.query('begin')
        await blocker.query('lock table watch in access exclusive mode')
        const reading = Array.from({ length: lists }, (_, index) =>
          fetch(`${url}/v1/watches`, {
            headers: { Authorization: `Bearer ${keys[index % keys.length]}` },
            signal: gone.signal,
          }).catch(() => undefined),
        )
        await expect.poll(countReads, { timeout: 10_000 }).toBeGreaterThan(0)
        const orders = await Promise.all(
          names.map((name, index) => order(url, keys[index % keys.length], name)),
        )
        expect(orders.map(({ status }) => status)).toEqual(names.map(() => 201))
        gone.abort()
        await Promise.all(reading)
        // One after the other they would take minutes.
        await expect.poll(countReads, { timeout: 10_000 }).toBe(0)
        await blocker.query('rollback')
      }),
    )
  },
)
