import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newId } from '@droplock/core/new-id'
import { cloneDatabase } from '@droplock/core/testing/clone-database'
import { expect, test } from 'vitest'
import { DRAIN_DELAY_MS, startBalancer } from '../../src/cluster/proxies.ts'
import { type Environment, startEnvironment } from '../../src/environment/environment.ts'
import { orderSteadily, type SteadyOrders } from '../../src/installation/order-steadily.ts'
import { listOf, namesOfTomorrow, publishList } from '../../src/loadtest/lists.ts'
import { serverUser } from '../../src/postgres/server-user.ts'
import { freePort } from '../../src/processes/port.ts'
import { addReseller } from '../../src/seed/accounts.ts'

const testWithBalancer = test.skipIf(!existsSync('/usr/sbin/haproxy'))
/** Vitest ends a test that takes too long. */
const never = new AbortController().signal

const ORDERS_PER_SECOND = 50
const ACCOUNTS = 20
/** Fewer than arrive until the balancer notices. */
const ORDERS_WHILE_FROZEN = 20
const NAMES_MAX = 6_000
const REGISTRY = 'deploy'
const BALANCE_MINOR = 1_000_000_000n
const deployed = ['gateway', 'gateway-2', 'worker', 'console-api'] as const
/** The names of the gateways at the balancer. */
const serverOf: Readonly<Record<string, string>> = { gateway: 'gateway-1', 'gateway-2': 'gateway-2' }

async function startBehindBalancer(cleanup: AsyncDisposableStack) {
  const clone = await cloneDatabase()
  cleanup.defer(clone.drop)
  const output = { line: () => undefined, say: () => undefined }
  const timing = {
    cutoffLeadSeconds: 60,
    dropLastsSeconds: 1,
    earlySeconds: 0,
    lateSeconds: 0,
    graceSeconds: 0,
  }
  const gateway = { DRAIN_DELAY_MS: String(DRAIN_DELAY_MS), TRUSTED_PROXIES: '127.0.0.1' }
  const plan = {
    name: 'deploy',
    firstPort: 19_500,
    registries: [{ id: REGISTRY, zones: ['com'], sessionsMax: 1, commandsPerSecondMax: 10, timing }],
    database: { url: clone.url, urls: clone.urls, ctx: { db: clone.db, newId } },
    apps: { gateway, 'gateway-2': gateway, worker: {}, 'console-api': {} },
  }
  const environment = cleanup.use(await startEnvironment(plan, output, never))
  const folder = mkdtempSync(join(tmpdir(), 'droplock-balancer-'))
  chmodSync(folder, 0o777)
  cleanup.defer(() => rmSync(folder, { recursive: true, force: true }))
  const port = await freePort(19_590)
  const gatewayPorts = (['gateway', 'gateway-2'] as const).map((app) =>
    Number(new URL(environment.urlOf(app)).port),
  )
  const balancer = startBalancer({ folder, user: serverUser(folder), port, gatewayPorts })
  cleanup.defer(() => balancer.stop())
  const url = `http://127.0.0.1:${port}`
  await expect.poll(() => isReady(url), { timeout: 30_000 }).toBe(true)
  return { environment, url }
}

async function isReady(url: string): Promise<boolean> {
  return (await fetch(`${url}/readyz`).catch(() => undefined))?.ok === true
}

/** Orders names of tomorrow by several accounts, until it is stopped. */
async function startOrdering({ ctx }: Environment, url: string): Promise<SteadyOrders> {
  const names = namesOfTomorrow('deploy', NAMES_MAX)
  await publishList(ctx, REGISTRY, listOf(names))
  const keys = await Promise.all(
    Array.from({ length: ACCOUNTS }, async (_, index) => {
      const account = { name: `Deploy ${index}`, currency: 'USD', balanceMinor: BALANCE_MINOR }
      return (await addReseller(ctx, account)).apiKey
    }),
  )
  return orderSteadily({ names: names.map(({ name }) => name), keys, url, perSecond: ORDERS_PER_SECOND })
}

/** Ends a process as a deploy does, and waits until another has its place, for the balancer too. */
async function replace(environment: Environment, url: string, app: (typeof deployed)[number]): Promise<void> {
  await environment.replace(app)
  if (app !== 'worker')
    await expect.poll(() => isReady(environment.urlOf(app)), { timeout: 60_000 }).toBe(true)
  const server = serverOf[app]
  const answersAgain = async () => {
    const answer = await fetch(`${url}/healthz`)
    await answer.arrayBuffer()
    return answer.headers.get('X-Gateway') === server
  }
  if (server !== undefined) await expect.poll(answersAgain, { timeout: 30_000 }).toBe(true)
}

testWithBalancer(
  'a deploy of every process, one after the other, fails no order of fifty a second',
  async () => {
    await using cleanup = new AsyncDisposableStack()
    const { environment, url } = await startBehindBalancer(cleanup)
    const ordering = await startOrdering(environment, url)
    for (const app of deployed) await replace(environment, url, app)
    expect(await allAccepted(environment, ordering)).toBeGreaterThan(5 * ORDERS_PER_SECOND)
  },
)

testWithBalancer(
  'a gateway that is frozen and killed while orders wait for it fails none of them',
  async () => {
    await using cleanup = new AsyncDisposableStack()
    const { environment, url } = await startBehindBalancer(cleanup)
    const ordering = await startOrdering(environment, url)
    await ordering.more(ORDERS_PER_SECOND, never)
    process.kill(environment.pidOf('gateway'), 'SIGSTOP')
    // The frozen one gets every other order: as many as are answered wait there.
    await ordering.more(ORDERS_WHILE_FROZEN, never)
    await environment.kill('gateway')
    expect(await allAccepted(environment, ordering)).toBeGreaterThan(ORDERS_PER_SECOND + ORDERS_WHILE_FROZEN)
  },
)

/** How many there were, once no answer was another than 201 and each is secured once. */
async function allAccepted({ ctx }: Environment, ordering: SteadyOrders): Promise<number> {
  const answers = await ordering.stop()
  const total = Object.values(answers).reduce((sum, one) => sum + one, 0)
  expect(answers).toEqual({ 201: total })
  const secured = await ctx.db
    .selectFrom('backorder')
    .select(({ fn }) => fn.countAll<bigint>().as('count'))
    .where('secured_at', 'is not', null)
    .executeTakeFirstOrThrow()
  expect(Number(secured.count)).toBe(total)
  return total
}
