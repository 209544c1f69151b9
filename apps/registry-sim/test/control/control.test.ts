import { afterEach, beforeEach, expect, test } from 'vitest'
import type { RegistryOptions } from '../../src/registry/settings.ts'
import type { NameTruth } from '../../src/registry/truth.ts'
import { type Simulator, startSimulator } from '../../src/start-simulator.ts'
import { codeOf, createXml, logIn, pollXml } from '../support/epp-client.ts'

const NOON = Date.parse('2026-11-24T12:00:00Z')
const registries: RegistryOptions[] = [
  { id: 'exact', release: 'exact', zones: ['pl', 'com.pl'] },
  { id: 'daily', release: 'daily', zones: ['com'] },
  { id: 'random', release: 'random', zones: ['nl'] },
]
let simulator: Simulator
let nowMs: number

beforeEach(async () => {
  nowMs = NOON
  simulator = await startSimulator({ registries, clock: { nowMs: () => nowMs } })
})
afterEach(() => simulator.stop())

const get = (path: string) => fetch(`${simulator.control}${path}`)
const post = (path: string, body: unknown) =>
  fetch(`${simulator.control}${path}`, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

async function readList(): Promise<string[]> {
  return (await (await get('/registries/exact/drop-list.csv')).text()).split('\n')
}

test('the answer to loading contains the numbers by kind, and the refused names', async () => {
  const response = await post('/registries/exact/names', {
    names: [
      { name: 'A.pl', kind: 'normal', purgeAt: '2026-11-24T13:00:00+00:00' },
      { name: 'b.pl', kind: 'premium', purgeAt: '2026-11-24T13:00:00Z', priorClid: 'registrar-99' },
      { name: 'c.de', purgeAt: '2026-11-24T13:00:00Z' },
    ],
  })
  expect(response.status).toBe(201)
  expect(await response.json()).toEqual({
    loaded: 2,
    kinds: { normal: 1, premium: 1 },
    refused: [{ name: 'c.de', code: 'zone_not_served' }],
  })
  const b = await (await get('/registries/exact/names/b.pl')).json()
  expect(b).toMatchObject({ name: 'b.pl', stage: 'pending', prior: { clID: 'registrar-99' }, arrivals: [] })
})

const AHEAD = '{"expiresAt":"2027-11-24T12:00:00Z"}'

test.each([
  ['GET', '/registries/none/violations', undefined, 404, 'registry_not_found'],
  ['GET', '/registries/exact/names/never.pl', undefined, 404, 'name_not_found'],
  ['GET', '/nowhere', undefined, 404, 'not_found'],
  ['PUT', '/registries/exact/names/never.pl/expiry', AHEAD, 404, 'name_not_found'],
  ['PUT', '/registries/exact/names/never.pl/expiry', '{}', 422, 'invalid_request'],
  ['POST', '/registries/exact/names', '{', 400, 'malformed_json'],
  ['POST', '/registries/exact/names', '{"names":[]}', 422, 'invalid_request'],
  ['POST', '/registries/exact/names', '{"names":[{"name":"a.pl","purgeAt":"noon"}]}', 422, 'invalid_request'],
  ['POST', '/registries/exact/names', '{"names":[{"name":"a.pl","colour":"red"}]}', 422, 'invalid_request'],
  ['POST', '/registries/exact/batches', '{"startAt":"2026-11-24T13:00:00Z"}', 409, 'not_a_daily_registry'],
  ['POST', '/registries/daily/batches', '{"startAt":"2026-11-24T13:00:00Z"}', 409, 'nothing_waits'],
  ['POST', '/registries/daily/batches', '{"startAt":"2026-11-24T11:00:00Z"}', 409, 'batch_in_the_past'],
  ['POST', '/registries/exact/faults', '{"kind":"explode"}', 422, 'invalid_request'],
  ['POST', '/registries/exact/withdraw', '{}', 422, 'invalid_request'],
  ['POST', '/registries/exact/openings', '{}', 422, 'invalid_request'],
  ['POST', '/registries/exact/messages', '{}', 422, 'invalid_request'],
  ['POST', '/registries/exact/locks', '{"clid":"droplock","loginCode":1000}', 422, 'invalid_request'],
  ['POST', '/registries/exact/locks', '{"clid":"nobody"}', 404, 'account_not_found'],
  ['DELETE', '/registries/exact/locks/nobody', undefined, 404, 'account_not_found'],
])('%s %s with %s is a problem %i %s', async (method, path, body, status, code) => {
  const response = await fetch(`${simulator.control}${path}`, {
    method,
    ...(body === undefined ? {} : { body }),
  })
  expect(response.status).toBe(status)
  expect(response.headers.get('content-type')).toContain('application/problem+json')
  expect(await response.json()).toMatchObject({ status, code })
})

test('the drop list has what is due, in the canonical format, and loses what is purged or withdrawn', async () => {
  await post('/registries/exact/names', {
    names: [
      { name: 'late.pl', kind: 'normal', purgeAt: '2026-11-24T13:00:00Z' },
      { name: 'soon.com.pl', kind: 'normal', purgeAt: '2026-11-24T12:00:01.5Z' },
      { name: 'kept.pl', kind: 'unreleased', purgeAt: '2026-11-24T12:30:00Z' },
      { name: 'saved.pl', kind: 'normal', purgeAt: '2026-11-24T12:30:00Z' },
    ],
  })
  const rows = await readList()
  expect(rows[0]).toBe('TLD,DOMAIN,EXPIRED,PURGED')
  expect(rows[1]).toMatch(/^pl,soon\.com\.pl,2026-\d\d-\d\dT\d\d:\d\d:\d\dZ,2026-11-24T12:00:01\.500Z$/)
  expect(rows.map((row) => row.split(',')[1])).toEqual([
    'DOMAIN',
    'soon.com.pl',
    'kept.pl',
    'saved.pl',
    'late.pl',
    undefined,
  ])
  const withdrawn = await post('/registries/exact/withdraw', { names: ['saved.pl', 'never.pl'] })
  expect(await withdrawn.json()).toEqual({ withdrawn: 1, notPending: ['never.pl'] })
  nowMs = NOON + 1500
  expect((await readList()).map((row) => row.split(',')[1])).toEqual([
    'DOMAIN',
    'kept.pl',
    'late.pl',
    undefined,
  ])
})

async function shownLock(): Promise<object | undefined> {
  const answer = await (await get('/registries/exact/violations')).json()
  return (answer as { accounts: { lock?: object }[] }).accounts[0]?.lock
}

test('an account is locked until it is unlocked, and the refused logins are counted', async () => {
  expect((await post('/registries/exact/locks', { clid: 'droplock' })).status).toBe(201)
  expect(await shownLock()).toEqual({ loginCode: 2200, sessionCode: 2501, logins: 0 })
  await fetch(`${simulator.control}/registries/exact/locks/droplock`, { method: 'DELETE' })
  expect(await shownLock()).toBeUndefined()
})

test('a withdrawal at an instant takes effect at that instant', async () => {
  await post('/registries/exact/names', {
    names: [{ name: 'saved.pl', kind: 'normal', purgeAt: '2026-11-24T12:30:00Z' }],
  })
  await post('/registries/exact/withdraw', { names: ['saved.pl'], at: '2026-11-24T12:10:00Z' })
  expect(simulator.truth('exact')[0]?.stage).toBe('pending')
  nowMs = NOON + 3_600_000
  expect(simulator.truth('exact')[0]).toMatchObject({
    stage: 'restored',
    restoredAt: '2026-11-24T12:10:00.000Z',
  })
})

test('a batch is scheduled with the registry’s pace where the request gives none, and lists its announced start', async () => {
  await post('/registries/daily/names', {
    names: ['a.com', 'b.com', 'c.com'].map((name) => ({ name, kind: 'normal' })),
  })
  const response = await post('/registries/daily/batches', {
    startAt: '2026-11-24T13:00:00Z',
    driftMsMax: 0,
    jitterMsMax: 0,
  })
  expect(response.status).toBe(201)
  const batch = (await response.json()) as { names: string[] }
  expect(batch).toMatchObject({
    listedAt: '2026-11-24T13:00:00.000Z',
    startsAt: '2026-11-24T13:00:00.000Z',
    endsAt: '2026-11-24T13:00:00.050Z',
  })
  expect(batch.names.toSorted()).toEqual(['a.com', 'b.com', 'c.com'])
  const list = await (await get('/registries/daily/drop-list.csv')).text()
  expect(list.match(/2026-11-24T13:00:00Z/g)).toHaveLength(3)
})

test('the truth is one JSON object a line, the same as in process', async () => {
  await post('/registries/exact/names', {
    names: ['a.pl', 'b.pl'].map((name) => ({ name, purgeAt: '2026-11-24T12:00:01Z' })),
  })
  nowMs = NOON + 60_000
  const response = await get('/registries/exact/truth')
  expect(response.headers.get('content-type')).toBe('application/x-ndjson')
  const lines = (await response.text()).trimEnd().split('\n')
  const truth: NameTruth[] = lines.map((line) => JSON.parse(line))
  expect(truth).toEqual(simulator.truth('exact'))
  expect(truth.map(({ name }) => name)).toEqual(['a.pl', 'b.pl'])
})

test('faults are listed with what is left of them, and can be cleared', async () => {
  const made = await post('/registries/exact/faults', { kind: 'cut_after_commit', count: 3 })
  expect(made.status).toBe(201)
  const body = await (await get('/registries/exact/faults')).json()
  expect(body).toEqual({
    faults: [
      {
        id: 1,
        kind: 'cut_after_commit',
        on: 'commit',
        commands: ['create'],
        probability: 1,
        injected: 0,
        left: 3,
      },
    ],
  })
  const cleared = await fetch(`${simulator.control}/registries/exact/faults`, { method: 'DELETE' })
  expect(cleared.status).toBe(204)
  expect(await (await get('/registries/exact/faults')).json()).toEqual({ faults: [] })
})

test('a hundred thousand names load in one request', async () => {
  const names = Array.from({ length: 100_000 }, (_, index) => ({
    name: `name${index}.pl`,
    purgeAt: new Date(NOON + 1000 + index).toISOString(),
  }))
  const response = await post('/registries/exact/names', { names })
  expect(await response.json()).toMatchObject({ loaded: 100_000, refused: [] })
  expect(await readList()).toHaveLength(100_002)
})

test('messages are queued for an account, a foreign one with data of a namespace that no login names', async () => {
  const queued = await post('/registries/exact/messages', {
    clid: 'droplock',
    text: 'Low balance',
    foreign: true,
    count: 2,
  })
  expect([queued.status, await queued.json()]).toEqual([201, { waiting: 2 }])
  const refused = await post('/registries/exact/messages', { clid: 'nobody', text: 'x' })
  expect(await refused.json()).toMatchObject({ status: 404, code: 'account_not_found' })
})

test('the account report is CSV, of all accounts or of one', async () => {
  const [registry] = simulator.registries
  if (!registry) throw new Error('no registry')
  for (const clid of ['droplock', 'rival-a']) {
    const client = await logIn(registry, clid)
    expect(codeOf(await client.send(createXml(`${clid}.pl`)))).toBe(1000)
    client.close()
  }
  const response = await get('/registries/exact/report.csv')
  expect(response.headers.get('content-type')).toContain('text/csv')
  const [header, ...rows] = (await response.text()).trimEnd().split('\n')
  expect(header).toBe('AT,ACCOUNT,OPERATION,NAME,YEARS,DEBIT,CREDIT,CURRENCY,SVTRID,CLASS')
  expect(rows.map((row) => row.split(',').slice(0, 8).join(','))).toEqual([
    '2026-11-24T12:00:00.000Z,droplock,create,droplock.pl,1,8.00,,USD',
    '2026-11-24T12:00:00.000Z,rival-a,create,rival-a.pl,1,8.00,,USD',
  ])
  const own = await (await get('/registries/exact/report.csv?account=rival-a')).text()
  expect(own.trimEnd().split('\n')).toEqual([header, rows[1]])
})

const tamper = (name: string, how: string) =>
  post('/registries/exact/report/tamper', { name, operation: 'create', how })

test('a line of the report is dropped, doubled or altered on order, and no other', async () => {
  const registry = simulator.registries[0]
  if (!registry) throw new Error('no registry')
  const client = await logIn(registry, 'droplock')
  for (const name of ['one.pl', 'two.pl', 'three.pl', 'four.pl']) await client.send(createXml(name))
  client.close()
  expect(await (await tamper('one.pl', 'drop')).json()).toEqual({ entries: 3 })
  expect(await (await tamper('two.pl', 'double')).json()).toEqual({ entries: 4 })
  expect((await tamper('three.pl', 'alter')).status).toBe(200)
  expect(await (await tamper('one.pl', 'drop')).json()).toMatchObject({ code: 'entry_not_found' })
  const report = await (await get('/registries/exact/report.csv')).text()
  const body = report.trimEnd().split('\n').slice(1)
  expect(body.map((line) => line.split(',').slice(3, 6).join(' '))).toEqual([
    'two.pl 1 8.00',
    'two.pl 1 8.00',
    'three.pl 1 8.01',
    'four.pl 1 8.00',
  ])
})

test('the expiry of a registered name is moved by at most ten years from now, either way', async () => {
  const registry = simulator.registries[0]
  if (!registry) throw new Error('no registry')
  const client = await logIn(registry, 'droplock')
  await client.send(createXml('one.pl'))
  client.close()
  const move = async (expiresAt: string) => {
    const response = await fetch(`${simulator.control}/registries/exact/names/one.pl/expiry`, {
      method: 'PUT',
      body: JSON.stringify({ expiresAt }),
    })
    const body: unknown = await response.json()
    return [response.status, body]
  }
  expect(await move('2036-11-24T12:00:00Z')).toEqual([200, { expiresAt: '2036-11-24T12:00:00.000Z' }])
  for (const far of ['2036-11-24T12:00:00.001Z', '2016-11-24T11:59:59Z']) {
    expect(await move(far)).toMatchObject([422, { code: 'expiry_out_of_range' }])
  }
  expect(await move('2016-11-24T12:00:00Z')).toEqual([200, { expiresAt: '2027-11-24T12:00:00.000Z' }])
})

test('what is paid into a deposit can be spent; an account without one takes nothing', async () => {
  const other = await startSimulator({
    registries: [
      {
        id: 'poor',
        zones: ['pl'],
        accounts: [
          { clid: 'droplock', password: 'sim-secret-1', depositMinor: 800 },
          { clid: 'rival-a', password: 'sim-secret-1' },
          { clid: 'rival-b', password: 'sim-secret-1' },
        ],
      },
    ],
  })
  try {
    const registry = other.registries[0]
    if (!registry) throw new Error('no registry')
    const client = await logIn(registry, 'droplock')
    expect(codeOf(await client.send(createXml('one.pl')))).toBe(1000)
    expect(codeOf(await client.send(createXml('two.pl')))).toBe(2104)
    const payIn = (clid: string) =>
      fetch(`${other.control}/registries/poor/deposits`, {
        method: 'POST',
        body: JSON.stringify({ clid, minor: 800 }),
      })
    expect(await (await payIn('droplock')).json()).toEqual({ depositMinor: 1_600, spentMinor: 800 })
    expect(codeOf(await client.send(createXml('two.pl')))).toBe(1000)
    expect(codeOf(await client.send(createXml('three.pl')))).toBe(2104)
    client.close()
    expect(await (await payIn('rival-a')).json()).toMatchObject({ code: 'account_not_found' })
  } finally {
    await other.stop()
  }
})

test('an opening lets logins in outside the daily hours', async () => {
  const other = await startSimulator({
    registries: [{ id: 'hours', zones: ['nz'], profile: 'nz-like' }],
    clock: { nowMs: () => nowMs },
  })
  const [registry] = other.registries
  if (!registry) throw new Error('no registry')
  await expect(logIn(registry)).rejects.toThrow('2500')
  const opened = await fetch(`${other.control}/registries/hours/openings`, {
    method: 'POST',
    body: JSON.stringify({ fromAt: '2026-11-24T11:00:00Z', openMs: 3_600_001 }),
  })
  expect(opened.status).toBe(201)
  const client = await logIn(registry)
  nowMs += 1
  expect(codeOf(await client.send(pollXml))).toBe(2500)
  await other.stop()
})

test('health, registries and the status page contain no password', async () => {
  expect(await (await get('/healthz')).json()).toEqual({ status: 'ok' })
  const body = await (await get('/registries')).text()
  expect(JSON.parse(body).registries).toMatchObject([
    { id: 'exact', zones: ['pl', 'com.pl'] },
    { id: 'daily' },
    { id: 'random' },
  ])
  const page = await (await get('/')).text()
  expect(page).toContain('<h2>exact</h2>')
  expect(page).toContain('http-equiv="refresh"')
  for (const text of [body, page]) expect(text).not.toContain('sim-secret')
})

test('the order of release is listed without instants, and refused where it is drawn', async () => {
  await post('/registries/exact/names', {
    names: [
      { name: 'b.pl', purgeAt: '2026-11-24T13:00:01Z' },
      { name: 'a.pl', purgeAt: '2026-11-24T13:00:00Z' },
    ],
  })
  expect(await (await get('/registries/exact/release-order')).json()).toEqual({ names: ['a.pl', 'b.pl'] })
  const refused = await get('/registries/random/release-order')
  expect(refused.status).toBe(409)
  expect(await refused.json()).toMatchObject({ code: 'order_not_known' })
})
