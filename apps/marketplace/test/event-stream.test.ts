import { once } from 'node:events'
import type { Context } from '@droplock/core/context'
import { newId } from '@droplock/core/new-id'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { advance, openStream, startGateway } from '../../gateway/test/support/streams.ts'
import { givenKey, openWorld } from '../../gateway/test/support/world.ts'
import { accountOf, givenPerson, type Person, post, signIn } from './support/people.ts'
import { freePort, startMarketplace } from './support/processes.ts'
import { openTab, type Tab } from './support/tab.ts'

const patient = { timeout: 30_000, interval: 20 }

let world: Awaited<ReturnType<typeof openWorld>>
let ctx: Context
beforeAll(async () => {
  world = await openWorld()
  ctx = world.ctx
})
afterAll(() => world.drop())

/** The marketplace is one of the gateway's proxies. */
const trusting = { TRUSTED_PROXIES: '127.0.0.1' }

async function start(settings: Record<string, string> = {}) {
  const gateway = await startGateway(world.urls.gateway, { ...trusting, ...settings })
  const marketplace = await startMarketplace(world.urls, gateway.url)
  return { gateway, marketplace }
}

const TIME = '2026-02-15T13:00:00.000Z'

async function publish(person: Person, name: string): Promise<void> {
  const id = newId()
  const price = { amount_minor: 1_900, currency: 'USD' }
  const times = { created_at: TIME, cutoff_at: TIME, drop_from: TIME, drop_to: TIME }
  await ctx.db
    .insertInto('event')
    .values({
      id,
      topic: 'backorder.registering',
      account_id: await accountOf(ctx, person),
      subject_id: id,
      data: { id, name, state: 'registering', price, ...times },
    })
    .execute()
  await advance(ctx)
}

const eventOf = (name: string) => `backorder.registering ${name}`

async function open(url: string | (() => string), { cookie }: Pick<Person, 'cookie'>): Promise<Tab> {
  const tab = openTab(typeof url === 'string' ? () => url : url, cookie)
  await vi.waitFor(() => expect(tab.connections()).toBe(1), patient)
  return tab
}

const untilReceived = (tab: Tab, names: readonly string[]) =>
  vi.waitFor(() => expect(tab.received).toEqual(names.map(eventOf)), patient)

/** From then on the key of a person's session is refused, unless it is renewed. */
async function setExpiry(person: Person, at: Date): Promise<void> {
  await ctx.db
    .updateTable('api_key')
    .set({ expires_at: at })
    .where('account_id', '=', await accountOf(ctx, person))
    .where('session_id', 'is not', null)
    .execute()
}

test('events reach every tab of a person as they happen, and nobody else', async () => {
  const { marketplace } = await start({ EVENT_HEARTBEAT_MS: '100' })
  const [kim, lee] = [await givenPerson(ctx, marketplace.url), await givenPerson(ctx, marketplace.url)]
  const [first, second, other] = [
    await open(marketplace.url, kim),
    await open(marketplace.url, kim),
    await open(marketplace.url, lee),
  ]
  expect(first.headers()?.get('content-type')).toBe('text/event-stream')
  expect(first.headers()?.get('cache-control')).toBe('no-store')
  expect(first.headers()?.get('x-accel-buffering')).toBe('no')
  expect(first.headers()?.get('content-encoding')).toBeNull()
  await publish(kim, 'now.test')
  await untilReceived(first, ['now.test'])
  await untilReceived(second, ['now.test'])
  await vi.waitFor(() => expect(other.comments).toContain('heartbeat'), patient)
  expect(other.received).toEqual([])
})

test('a stream whose key expires is opened again with a renewed key: nothing is missed, and nothing comes twice', async () => {
  const { marketplace } = await start()
  const kim = await givenPerson(ctx, marketplace.url)
  const tab = await open(marketplace.url, kim)
  const names = Array.from({ length: 30 }, (_, index) => `renewed-${index}.test`)
  for (const [index, name] of names.entries()) {
    if (index === 10) await setExpiry(kim, new Date(Date.now() - 1_000))
    if (index === 20) await vi.waitFor(() => expect(tab.connections()).toBe(2), patient)
    await publish(kim, name)
  }
  await untilReceived(tab, names)
  expect(tab.comments).toContain('unauthenticated')
})

test('a key that is renewed in time carries its stream on', async () => {
  const { marketplace } = await start()
  const kim = await givenPerson(ctx, marketplace.url)
  const tab = await open(marketplace.url, kim)
  // It knows no key of the session yet, and renews it at once.
  const other = await startMarketplace(world.urls, 'http://127.0.0.1:9')
  const endsMs = Date.now() + 15_000
  await setExpiry(kim, new Date(endsMs))
  await fetch(`${other.url}/people/all`, { headers: { cookie: kim.cookie } })
  await vi.waitFor(() => expect(Date.now()).toBeGreaterThan(endsMs + 1_000), patient)
  await publish(kim, 'carried-on.test')
  await untilReceived(tab, ['carried-on.test'])
  expect(tab.connections()).toBe(1)
})

test('a session that ends, ends its streams: what happens later reaches only the others of the account', async () => {
  const { marketplace } = await start()
  const kim = await givenPerson(ctx, marketplace.url)
  const elsewhere = { ...kim, cookie: await signIn(marketplace.url, kim.email) }
  const [tab, other] = [await open(marketplace.url, kim), await open(marketplace.url, elsewhere)]
  await post(marketplace.url, '/auth/sign-out', {}, kim.cookie)
  await vi.waitFor(() => expect(tab.refused()).toBe(401), patient)
  await publish(kim, 'later.test')
  await untilReceived(other, ['later.test'])
  expect(tab.received).toEqual([])
})

test('a gateway that is killed and a marketplace that is restarted lose nothing', async () => {
  const port = String(await freePort())
  const gateway = await startGateway(world.urls.gateway, { ...trusting, PORT: port })
  const servers = [
    await startMarketplace(world.urls, gateway.url),
    await startMarketplace(world.urls, gateway.url),
  ]
  let url = servers[0]?.url ?? ''
  const kim = await givenPerson(ctx, url)
  const tab = await open(() => url, kim)
  const names = Array.from({ length: 30 }, (_, index) => `kept-${index}.test`)
  for (const [index, name] of names.entries()) {
    await publish(kim, name)
    if (index === 10) {
      await untilReceived(tab, names.slice(0, 11))
      const exited = once(servers[0]?.child ?? gateway.child, 'exit')
      url = servers[1]?.url ?? ''
      servers[0]?.child.kill('SIGTERM')
      // At once, and not when its time to drain is over.
      await exited
      await vi.waitFor(() => expect(tab.connections()).toBe(2), patient)
    }
    if (index === 20) {
      gateway.child.kill('SIGKILL')
      await once(gateway.child, 'exit')
      // A browser does not come back by itself once it was refused; the page opens a stream of its own accord.
      await vi.waitFor(() => expect(tab.refused()).toBe(503), patient)
      await startGateway(world.urls.gateway, { ...trusting, PORT: port })
      tab.retry()
    }
  }
  await untilReceived(tab, names)
})

test('the gateway learns at once that a browser has gone', async () => {
  const metricsPort = await freePort()
  const { marketplace } = await start({ DROPLOCK_METRICS_PORT: String(metricsPort) })
  const kim = await givenPerson(ctx, marketplace.url)
  const isOpen = async () =>
    /event_streams_open\{database="main"\} (\d+)/.exec(
      await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text(),
    )?.[1]
  const tabs = [await open(marketplace.url, kim), await open(marketplace.url, kim)]
  await vi.waitFor(async () => expect(await isOpen()).toBe('2'), patient)
  tabs[0]?.close()
  await vi.waitFor(async () => expect(await isOpen()).toBe('1'), patient)
  tabs[1]?.close()
  await vi.waitFor(async () => expect(await isOpen()).toBe('0'), patient)
})

test('more people than the gateway takes connections from one address follow their orders; without trust they do not', async () => {
  const limits = { CONNECTIONS_PER_SOURCE_MAX: '4' }
  const people = 12
  const openAll = async (url: string) => {
    const cookies = await Promise.all(Array.from({ length: people }, () => givenPerson(ctx, url)))
    const tabs = cookies.map(({ cookie }) => openTab(() => url, cookie))
    await vi.waitFor(
      () => expect(tabs.every((tab) => tab.connections() > 0 || tab.refused() !== undefined)).toBe(true),
      patient,
    )
    return tabs.filter((tab) => tab.connections() > 0).length
  }
  const trusted = await start(limits)
  expect(await openAll(trusted.marketplace.url)).toBe(people)
  const untrusted = await start({ ...limits, TRUSTED_PROXIES: '' })
  expect(await openAll(untrusted.marketplace.url)).toBeLessThan(people)
})

test("the tabs of people and an account's programs do not take each other's streams", async () => {
  const { gateway, marketplace } = await start()
  const kim = await givenPerson(ctx, marketplace.url)
  const tab = await open(marketplace.url, kim)
  const key = await givenKey(ctx, await accountOf(ctx, kim), ['events:read'])
  const programs = await Promise.all(Array.from({ length: 10 }, () => openStream(gateway.url, { key })))
  expect(programs.map(({ response }) => response.status)).toEqual(programs.map(() => 200))
  expect((await openStream(gateway.url, { key })).response.status).toBe(429)
  for (let tabs = 1; tabs < 10; tabs += 1) await open(marketplace.url, kim)
  const tooMany = openTab(() => marketplace.url, kim.cookie)
  await vi.waitFor(() => expect(tooMany.refused()).toBe(429), patient)
  const elsewhere = { cookie: await signIn(marketplace.url, kim.email) }
  await open(marketplace.url, elsewhere)
  await publish(kim, 'all.test')
  await untilReceived(tab, ['all.test'])
})

test('the gateway knows where a person is, and not only that the marketplace asks', async () => {
  const { gateway } = await start()
  const sources: unknown[] = []
  gateway.onLine((line) => {
    if (line.includes('/v1/backorders')) sources.push(JSON.parse(line).source)
  })
  // A proxy before the marketplace says where a browser is.
  const marketplace = await startMarketplace(world.urls, gateway.url)
  const kim = await givenPerson(ctx, marketplace.url)
  for (const from of ['198.51.100.7', '203.0.113.1, 2001:db8:1:2:3::4'])
    await fetch(`${marketplace.url}/api/v1/backorders`, {
      headers: { cookie: kim.cookie, 'x-forwarded-for': from },
    })
  await vi.waitFor(() => expect(sources).toEqual(['198.51.100.7', '2001:db8:1:2::/64']), patient)
})
