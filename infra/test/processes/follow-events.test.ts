import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { openAccount } from '@droplock/core/accounts/administer'
import { issueApiKey } from '@droplock/core/api-keys'
import { asService } from '@droplock/core/context'
import { advanceFeed } from '@droplock/core/events/feed'
import { newId } from '@droplock/core/new-id'
import { cloneDatabase } from '@droplock/core/testing/clone-database'
import { createClient } from '@droplock/sdk/client'
import { followEvents } from '@droplock/sdk/events'
import { pages } from '@droplock/sdk/pages'
import { expect, onTestFinished, test } from 'vitest'
import { repositoryRoot } from '../../src/paths.ts'

const main = join(repositoryRoot, 'apps', 'gateway', 'src', 'main.ts')
const apiKey = `dlk_test_${'follow-events'.padEnd(43, '0')}`

/** Starts the gateway on a port and waits until it listens. */
async function start(databaseUrl: string, port: string): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [main], {
    env: { DATABASE_URL: databaseUrl, PORT: port },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  for await (const line of createInterface({ input: child.stdout }))
    if (line.includes('"listening"')) return { child, url: String(JSON.parse(line).url) }
  throw new Error('the gateway ended before it listened')
}

async function givenAccount() {
  const clone = await cloneDatabase()
  onTestFinished(clone.drop)
  const ctx = { db: clone.db, newId }
  const accountId = await openAccount(asService(ctx), { name: 'A reseller', currency: 'USD' })
  const keySha256 = createHash('sha256').update(apiKey).digest()
  await issueApiKey(asService(ctx), { accountId, label: 'test', scopes: ['events:read'], keySha256 })
  const publish = async (amount_minor: number) => {
    const data = { id: accountId, balance: { amount_minor, currency: 'USD' } }
    const event = {
      id: newId(),
      topic: 'balance.low',
      account_id: accountId,
      subject_id: accountId,
      data,
    } as const
    await ctx.db.insertInto('event').values(event).execute()
    while ((await advanceFeed(ctx)) > 0);
  }
  return { databaseUrl: clone.urls.gateway, publish }
}

test('the SDK follows the events of a gateway that is killed and started again: each once, in order', async () => {
  const { databaseUrl, publish } = await givenAccount()
  const first = await start(databaseUrl, '0')
  const stop = new AbortController()
  const amounts: number[] = []
  const following = (async () => {
    const follow = { baseUrl: first.url, apiKey, after: '0', signal: stop.signal }
    for await (const event of followEvents(follow))
      if (event.type === 'balance.low') amounts.push(event.data.balance.amount_minor)
  })()
  const untilCame = (count: number) => expect.poll(() => amounts.length, { timeout: 30_000 }).toBe(count)
  for (const amount of [0, 1, 2]) await publish(amount)
  await untilCame(3)
  const exited = once(first.child, 'exit')
  first.child.kill('SIGKILL')
  await exited
  await publish(3)
  await start(databaseUrl, new URL(first.url).port)
  await publish(4)
  await untilCame(5)
  await publish(5)
  await untilCame(6)
  expect(amounts).toEqual([0, 1, 2, 3, 4, 5])
  stop.abort()
  await following
  const read: unknown[] = []
  const client = createClient({ baseUrl: first.url, apiKey })
  for await (const event of pages(client, '/v1/events', { params: { query: { limit: 2 } } }))
    if (event.type === 'balance.low') read.push(event.data.balance.amount_minor)
  expect(read).toEqual(amounts)
})
