import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { onServer } from '@droplock/core/testing/server'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { givenCustomer, givenListings, openWorld } from './support/world.ts'

const mainFile = fileURLToPath(new URL('../src/main.ts', import.meta.url))

/** The gateway as it is run. */
async function start(databaseUrl: string) {
  const child = spawn(process.execPath, [mainFile], {
    env: { DATABASE_URL: databaseUrl, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return { child, url: await urlOf(child) }
}

async function urlOf(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('the gateway has no standard output')
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.includes('"listening"')) return z.object({ url: z.string() }).parse(JSON.parse(line)).url
  }
  throw new Error('the gateway ended before it listened')
}

async function givenNames(count: number) {
  const world = await openWorld()
  onTestFinished(world.drop)
  const names = Array.from({ length: count }, (_, index) => `n${index}.test`)
  await givenListings(world.ctx, names)
  return { ...world, names, ...(await givenCustomer(world.ctx)) }
}

/** Orders a name under a key that is its own. */
function order(url: string, key: string, name: string, signal?: AbortSignal): Promise<Response> {
  return fetch(`${url}/v1/backorders`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${key}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': `of ${name}`,
    },
    body: JSON.stringify({ name, payment: 'balance' }),
    ...(signal && { signal }),
  })
}

const waiting = `select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`

test('where a gateway is killed before its order is committed, the same key makes the order, once', async () => {
  const { ctx, url: databaseUrl, urls, key, accountId } = await givenNames(1)
  const first = await start(urls.gateway)
  await onServer(databaseUrl, async (blocker) => {
    await blocker.query('begin')
    await blocker.query('select from account where id = $1 for update', [accountId])
    const lost = order(first.url, key, 'n0.test').catch(() => 'lost')
    await expect.poll(async () => (await blocker.query(waiting)).rowCount).toBe(1)
    first.child.kill('SIGKILL')
    expect(await lost).toBe('lost')
    // The server notices that its client has gone, and ends what it did.
    await expect.poll(async () => (await blocker.query(waiting)).rowCount, { timeout: 10_000 }).toBe(0)
    await blocker.query('commit')
  })
  expect(await ctx.db.selectFrom('backorder').select('id').execute()).toEqual([])
  const { url } = await start(urls.gateway)
  const made = await order(url, key, 'n0.test')
  expect([made.status, made.headers.get('Idempotent-Replayed')]).toEqual([201, null])
  expect((await order(url, key, 'n0.test')).headers.get('Idempotent-Replayed')).toBe('true')
})

test('where a gateway is killed among many orders, each key finds its order or makes it, once', async () => {
  const { ctx, urls, names, key } = await givenNames(60)
  const first = await start(urls.gateway)
  let answered = 0
  const sent = names.map(async (name) => {
    const answer = await order(first.url, key, name).catch(() => undefined)
    if (answer?.status === 201 && (answered += 1) === 10) first.child.kill('SIGKILL')
  })
  await once(first.child, 'exit')
  await Promise.all(sent)
  const { url } = await start(urls.gateway)
  const before = await ctx.db.selectFrom('backorder').select('id').execute()
  const again = await Promise.all(names.map((name) => order(url, key, name)))
  expect(again.map(({ status }) => status)).toEqual(names.map(() => 201))
  const replayed = again.filter((answer) => answer.headers.get('Idempotent-Replayed') === 'true')
  expect(replayed.length).toBeGreaterThanOrEqual(before.length)
  const ids = await Promise.all(
    again.map(async (answer) => z.object({ id: z.string() }).parse(await answer.json()).id),
  )
  const made = await ctx.db.selectFrom('backorder').select('id').execute()
  expect(made.map(({ id }) => id).toSorted()).toEqual(ids.toSorted())
  const payments = await ctx.db.selectFrom('payment').select('id').execute()
  expect(payments).toHaveLength(names.length)
})

/** Makes an order stay in its statement for a while, without a lock that its client could wait for in vain. */
const slowOrders = `
  create function stay() returns trigger language plpgsql as $$ begin perform pg_sleep(5); return new; end $$;
  create trigger stay before insert on backorder for each row execute function stay()`

test('the answer to a client that has gone is stored', async () => {
  const { url: databaseUrl, urls, key } = await givenNames(1)
  const { url } = await start(urls.gateway)
  const gone = new AbortController()
  await onServer(databaseUrl, async (client) => {
    await client.query(slowOrders)
    const lost = order(url, key, 'n0.test', gone.signal).catch(() => 'lost')
    const staying = `select from pg_stat_activity where wait_event = 'PgSleep' and datname = current_database()`
    await expect.poll(async () => (await client.query(staying)).rowCount).toBe(1)
    gone.abort()
    expect(await lost).toBe('lost')
  })
  const seen: (string | null)[] = []
  const again = async () => {
    const answer = await order(url, key, 'n0.test')
    if (answer.status === 201) seen.push(answer.headers.get('Idempotent-Replayed'))
    return answer.status
  }
  await expect.poll(again).toBe(201)
  expect(seen).toEqual(['true'])
})
