import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { newId } from '@droplock/core/new-id'
import { onServer } from '@droplock/core/testing/server'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { hasPgBouncer, startPgBouncer } from './support/pgbouncer.ts'
import { givenCustomer, givenListings, openWorld } from './support/world.ts'

const mainFile = fileURLToPath(new URL('../src/main.ts', import.meta.url))

const names = Array.from({ length: 20 }, (_, index) => `n${index}.test`)

/** The gateway as it is run, whose requests may take three seconds: long enough to be seen waiting on a busy machine. */
async function startGateway(behindPgBouncer: boolean) {
  const world = await openWorld()
  onTestFinished(world.drop)
  await givenListings(world.ctx, names)
  const { key } = await givenCustomer(world.ctx)
  const environment = {
    DATABASE_URL: behindPgBouncer ? await throughPgBouncer(world.urls.gateway) : world.urls.gateway,
    DATABASE_DIRECT_URL: world.urls.gateway,
    PORT: '0',
    REQUEST_MS_MAX: '3000',
  }
  const child = spawn(process.execPath, [mainFile], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return { key, database: world.url, url: await urlOf(child) }
}

async function throughPgBouncer(url: string): Promise<string> {
  const bouncer = await startPgBouncer(url)
  onTestFinished(bouncer.stop)
  return bouncer.url
}

async function urlOf(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('the gateway has no standard output')
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.includes('"listening"')) return z.object({ url: z.string() }).parse(JSON.parse(line)).url
  }
  throw new Error('the gateway ended before it listened')
}

/** A single read and an order of each name, all at once: look-ups that share connections, and claims of one statement. */
function askForAll(url: string, key: string): Promise<Response[]> {
  const headers = { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' }
  return Promise.all(
    names.flatMap((name) => [
      fetch(`${url}/v1/listings/${name}`, { headers }),
      fetch(`${url}/v1/backorders`, {
        method: 'POST',
        headers: { ...headers, 'Idempotency-Key': newId() },
        body: JSON.stringify({ name, payment: 'balance' }),
      }),
    ]),
  )
}

function isOver(promise: Promise<unknown>): Promise<boolean> {
  return Promise.race([
    promise.then(() => true),
    new Promise<false>((resolve) => setImmediate(resolve, false)),
  ])
}

test.each(hasPgBouncer ? [false, true] : [false])(
  'no statement of single reads and orders outlives its request (behind PgBouncer: %s)',
  async (behindPgBouncer) => {
    const { key, database, url } = await startGateway(behindPgBouncer)
    // Opens its connections: on a busy machine that alone may take as long as a request.
    await askForAll(url, key)
    await onServer(database, (blocker) =>
      onServer(database, async (watcher) => {
        const countWaiting = async () =>
          (
            await watcher.query(
              "select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database() and usename like '%gateway'",
            )
          ).rowCount
        await blocker.query('begin; lock table listing in access exclusive mode')
        let asked = askForAll(url, key)
        // On a busy machine requests may end while they wait for a connection.
        await expect
          .poll(
            async () => {
              const waiting = await countWaiting()
              if (waiting === 0 && (await isOver(asked))) asked = askForAll(url, key)
              return waiting
            },
            { timeout: 30_000 },
          )
          .toBeGreaterThan(1)
        const answers = await asked
        expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]))
        await expect.poll(countWaiting, { timeout: 15_000 }).toBe(0)
        await blocker.query('rollback')
      }),
    )
    const after = await askForAll(url, key)
    // The names are taken since the first round.
    expect(after.filter(({ status }) => ![200, 201, 409].includes(status))).toEqual([])
  },
)
