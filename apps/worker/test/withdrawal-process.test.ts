import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { openAccount } from '@droplock/core/accounts/administer'
import { topUp } from '@droplock/core/accounts/top-up'
import { placeBackorder } from '@droplock/core/backorders/place'
import { type AccountContext, actFor, asService } from '@droplock/core/context'
import { publishRun } from '@droplock/core/lists/publish'
import { stageList } from '@droplock/core/lists/stage'
import { defineRegistry } from '@droplock/core/registries/define'
import { readDefinition } from '@droplock/core/registries/definition'
import { onServer } from '@droplock/core/testing/server'
import { scopes } from '@droplock/rules/accounts'
import type { DropEntry } from '@droplock/rules/ports/drop-feed'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { domainText, type RdapServer, serveDomains, startRdapServer } from './support/rdap-server.ts'
import { givenWorld, REGISTRY, type World } from './support/world.ts'

// The worker as it is run, and RDAP over real HTTP.

const patient = { timeout: 60_000, interval: 50 }
const main = join(import.meta.dirname, '..', 'src', 'main.ts')
const HOUR_MS = 3_600_000
const HEARTBEAT_MS = 200

let world: World
let rdap: RdapServer
let buyer: AccountContext
const children: ChildProcess[] = []

beforeEach(async () => {
  world = await givenWorld()
  rdap = await startRdapServer(serveDomains({}))
  await setRdap(600)
  buyer = await givenBuyer()
})
afterEach(async () => {
  await Promise.all(children.splice(0).map(kill))
  await rdap.close()
  await world.clone.drop()
})

/** The registry has no account of ours, so RDAP is what is left. */
async function setRdap(perMinute: number, url = rdap.url): Promise<void> {
  const { ctx } = world
  const known = await readDefinition(ctx.db, REGISTRY)
  if (known === undefined) throw new Error('no registry')
  await defineRegistry(asService(ctx), {
    ...known,
    zones: known.zones.map((zone) => ({ ...zone, rdapUrl: url })),
    confirmation: { by: ['info', 'rdap'], rdapPerMinuteMax: perMinute },
    reason: 'a test',
  })
}

async function givenBuyer(): Promise<AccountContext> {
  const { ctx } = world
  const accountId = await openAccount(asService(ctx), { name: 'A reseller', currency: 'USD' })
  await topUp(ctx, { accountId, amountMinor: 1_000_000n, receiptId: ctx.newId() })
  return actFor(ctx, { kind: 'account', accountId, keyId: ctx.newId(), scopes, currency: 'USD' })
}

function startWorker(): ChildProcess {
  const env = {
    DATABASE_URL: world.clone.urls.worker,
    DROPLOCK_IDLE_MS: '500',
    DROPLOCK_CONFIRM_MS: '20',
    DROPLOCK_RDAP_MS: '20',
    DROPLOCK_HEARTBEAT_MS: String(HEARTBEAT_MS),
    DROPLOCK_SWEEP_ALARMS_MS: '100',
  }
  const child = spawn(process.execPath, [main], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  children.push(child)
  return child
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGKILL')
  await exited
}

async function* entriesOf(names: readonly string[]): AsyncGenerator<DropEntry> {
  const purgeAt = new Date(Date.now() + 24 * HOUR_MS)
  for (const [index, name] of names.entries())
    yield {
      kind: 'row',
      line: index + 1,
      name,
      zone: 'test',
      purgeAt,
      dropDate: purgeAt.toISOString().slice(0, 10),
    }
}

async function publishSnapshot(names: readonly string[]): Promise<void> {
  const run = await stageList(world.ctx, {
    registryId: REGISTRY,
    source: 'test',
    format: 'test',
    contentSha256: () => Buffer.from(world.ctx.newId()),
    scope: () => ({ kind: 'snapshot', zones: ['test'] }),
    entries: entriesOf(names),
  })
  await publishRun(world.ctx, { runId: run.id, opensAt: new Date(0) })
}

/** Lists the names, orders them where `held`, and makes them suspect. */
async function givenSuspects(names: readonly string[], held: boolean): Promise<void> {
  await publishSnapshot(names)
  if (held) for (const name of names) await placeBackorder(buyer, { name, payment: 'balance' })
  await publishSnapshot([])
}

function readName(name: string) {
  return world.ctx.db
    .selectFrom('listing')
    .leftJoin('backorder', 'backorder.id', 'listing.holder')
    .innerJoin('confirmation', 'confirmation.listing_id', 'listing.id')
    .select(['listing.state', 'suspect', 'backorder.state as order', 'failure_reason', 'result', 'attempts'])
    .where('listing.name', '=', name)
    .executeTakeFirstOrThrow()
}

function readAnswers(name: string) {
  return world.ctx.db
    .selectFrom('confirmation_answer')
    .innerJoin('listing', 'listing.id', 'confirmation_answer.listing_id')
    .select(['code', 'verdict', 'finding', 'decides', 'url'])
    .where('name', '=', name)
    .orderBy('asked_at')
    .execute()
}

const countOf = async (table: 'refund' | 'withdrawal') =>
  (await world.ctx.db.selectFrom(table).selectAll().execute()).length

const until = (check: () => Promise<void> | void) => vi.waitFor(check, patient)

/** What waits until later is due at once. */
const hurry = () =>
  onServer(world.clone.url, (client) =>
    client.query(`update confirmation set try_after = now() - interval '1 second' where closed_at is null`),
  )

test('by RDAP the restored name is withdrawn and refunded, the pending one is kept, and one that is gone stays suspect', async () => {
  rdap.answer = serveDomains({
    'restored.test': { status: ['active'] },
    'renewed.test': { status: ['client transfer prohibited', 'auto renew period'] },
    'again.test': { status: ['active'], registered: new Date(Date.now() + 60_000).toISOString() },
    'pending.test': { status: ['pending delete'] },
  })
  const names = ['restored.test', 'renewed.test', 'again.test', 'pending.test', 'gone.test']
  await givenSuspects(names, true)
  startWorker()
  await until(async () => {
    for (const name of names) expect((await readAnswers(name)).length, name).toBeGreaterThan(0)
  })
  for (const name of ['restored.test', 'renewed.test', 'again.test'])
    expect(await readName(name)).toMatchObject({
      state: 'withdrawn',
      order: 'failed',
      failure_reason: 'withdrawn',
    })
  expect(await countOf('refund')).toBe(3)
  expect(await readName('pending.test')).toMatchObject({
    state: 'open',
    suspect: false,
    order: 'backordered',
  })
  expect(await readName('gone.test')).toMatchObject({
    state: 'open',
    suspect: true,
    order: 'backordered',
    result: null,
  })
  expect((await readAnswers('gone.test'))[0]).toMatchObject({ code: 404, verdict: 'gone', decides: false })
  const events = await world.ctx.db
    .selectFrom('event')
    .select('topic')
    .where('topic', '=', 'backorder.failed')
    .execute()
  expect(events).toHaveLength(3)
})

test('nothing is decided by an answer about another name, without a known status, outdated, too large, or from another host', async () => {
  const large = `{"objectClassName":"domain","ldhName":"large.test","notices":"${'x'.repeat(300_000)}"}`
  const texts: Readonly<Record<string, string>> = {
    'other.test': domainText('restored.test', { status: ['active'] }),
    'blank.test': domainText('blank.test', { status: [] }),
    'odd.test': domainText('odd.test', { status: ['registrar lock of acme'] }),
    'old.test': domainText('old.test', { status: ['active'], updated: new Date(Date.now() - HOUR_MS) }),
    'html.test': '<html>All is well</html>',
    'large.test': large,
  }
  let strayed = 0
  const other = await startRdapServer((_, response) => {
    strayed += 1
    response.end(domainText('moved.test', { status: ['active'] }))
  })
  rdap.answer = (_, response, name) => {
    if (name === 'moved.test')
      return void response.writeHead(302, { location: `${other.url}/domain/${name}` }).end()
    if (name === 'broken.test') return void response.destroy()
    response.end(texts[name])
  }
  const names = [...Object.keys(texts), 'moved.test', 'broken.test']
  await givenSuspects(names, true)
  startWorker()
  await until(async () => {
    for (const name of names) expect((await readAnswers(name)).length, name).toBeGreaterThan(0)
  })
  for (const name of names) {
    expect((await readAnswers(name))[0], name).toMatchObject({ verdict: 'undecided', decides: false })
    expect(await readName(name)).toMatchObject({
      state: 'open',
      suspect: true,
      order: 'backordered',
      attempts: 1,
    })
  }
  expect(await countOf('withdrawal')).toBe(0)
  expect(strayed).toBe(0)
  await other.close()
})

test('a suspect about which its worker asked when it was killed is asked about again, and decided once', async () => {
  const { promise: asked, resolve: noteAsked } = Promise.withResolvers<void>()
  rdap.answer = () => noteAsked()
  await givenSuspects(['restored.test'], true)
  const first = startWorker()
  await asked
  await kill(first)
  rdap.answer = serveDomains({ 'restored.test': { status: ['active'] } })
  // The claim of the question and the turn at the server last as long as a request may; this does not wait for that.
  await onServer(world.clone.url, (client) =>
    client.query(`update rdap_host set free_at = now(), request_id = null`),
  )
  await hurry()
  startWorker()
  startWorker()
  await until(async () => expect(await readName('restored.test')).toMatchObject({ state: 'withdrawn' }))
  expect(await countOf('refund')).toBe(1)
  expect((await readAnswers('restored.test')).filter(({ decides }) => decides)).toHaveLength(1)
})

const PER_MINUTE = 300
const NAMES = 12

test('two workers ask a server one question at a time, and not more often than its limit', async () => {
  await setRdap(PER_MINUTE)
  const names = Array.from({ length: NAMES }, (_, index) => `name-${index}.test`)
  rdap.answer = serveDomains(Object.fromEntries(names.map((name) => [name, { status: ['pending delete'] }])))
  await givenSuspects(names, false)
  startWorker()
  startWorker()
  await until(async () => {
    for (const name of names) expect(await readName(name)).toMatchObject({ suspect: false })
  })
  expect(rdap.requests.map(({ name }) => name).toSorted()).toEqual(names.toSorted())
  // By the server's own clock: no request before the one before it was answered, and the gap was over.
  for (const [index, { atMs }] of rdap.requests.entries()) {
    const before = rdap.requests[index - 1]
    if (before !== undefined) expect(atMs - before.atMs).toBeGreaterThanOrEqual(60_000 / PER_MINUTE)
  }
})

/** Undefined before the first one. */
async function readHeartbeat(): Promise<number | undefined> {
  const row = await world.ctx.db.selectFrom('worker_heartbeat').select('at').executeTakeFirst()
  return row?.at.getTime()
}

/** Until the workers have written some heartbeats: they look for questions more often. */
async function workersLooked(): Promise<void> {
  await until(async () => expect(await readHeartbeat()).toBeDefined())
  const since = Number(await readHeartbeat())
  await until(async () => expect(await readHeartbeat()).toBeGreaterThan(since + 5 * HEARTBEAT_MS))
}

test.each([
  ['seconds', () => '600'],
  ['a date', () => new Date(Date.now() + 600_000).toUTCString()],
])(
  'a server that answers 429 and a Retry-After in %s is left alone by all workers',
  async (_, retryAfter) => {
    rdap.answer = (__, response) => void response.writeHead(429, { 'retry-after': retryAfter() }).end()
    await givenSuspects(['a.test', 'b.test', 'c.test'], false)
    startWorker()
    startWorker()
    await until(async () => {
      const [host] = await world.ctx.db.selectFrom('rdap_host').selectAll().execute()
      expect(host?.request_id).toBe(null)
      expect(Number(host?.free_at)).toBeGreaterThan(Date.now() + 500_000)
    })
    await hurry()
    await workersLooked()
    expect(rdap.requests).toHaveLength(1)
  },
)

test('a held suspect that nothing confirms is an alarm near its drop, until it is confirmed', async () => {
  rdap.answer = (_, response) => void response.writeHead(503).end()
  await givenSuspects(['held.test'], true)
  await onServer(world.clone.url, (client) =>
    client.query(
      `update listing set cutoff_at = now() + interval '1 hour', drop_from = now() + interval '5 hours', drop_to = now() + interval '6 hours'`,
    ),
  )
  startWorker()
  const alarms = () =>
    world.ctx.db
      .selectFrom('alarm')
      .select(['kind', 'closed_at'])
      .where('kind', '=', 'suspect_unconfirmed')
      .execute()
  await until(async () => expect(await alarms()).toMatchObject([{ closed_at: null }]))
  rdap.answer = serveDomains({ 'held.test': { status: ['pending delete'] } })
  await until(async () => {
    await hurry()
    expect((await alarms())[0]?.closed_at).not.toBe(null)
  })
  expect(await readName('held.test')).toMatchObject({ suspect: false, order: 'backordered' })
})
