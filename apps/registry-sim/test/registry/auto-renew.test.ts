import { expect, test } from 'vitest'
import type { Session } from '../../src/epp/session.ts'
import { changeExpiry } from '../../src/registry/change-expiry.ts'
import { loadNames, withdrawNames } from '../../src/registry/load-names.ts'
import { writeReport } from '../../src/registry/money.ts'
import { present, type Registry } from '../../src/registry/registry.ts'
import type { RegistryOptions } from '../../src/registry/settings.ts'
import { truthOf } from '../../src/registry/truth.ts'
import { codeOf, createXml, infoXml, logIn, objectXml, RGP, textOf } from '../support/epp-client.ts'
import { ask, loggedIn, makeTestRegistry, NOON } from '../support/registry.ts'
import { startTestbed } from '../support/testbed.ts'

const DAY_MS = 86_400_000
const EXPIRY = Date.parse('2027-11-24T12:00:00Z')
const name = '<d:name>kawa.pl</d:name>'
const deleteXml = objectXml('delete', name)
const renewXml = (curExpDate: string, years = 1) =>
  objectXml(
    'renew',
    `${name}<d:curExpDate>${curExpDate}</d:curExpDate><d:period unit="y">${years}</d:period>`,
  )
const restoreXml = objectXml(
  'update',
  name,
  `<extension><r:update xmlns:r="${RGP}"><r:restore op="request"/></r:update></extension>`,
)

/** `kawa.pl`, created at noon for one year. */
function registered(options: Partial<RegistryOptions> = {}) {
  const world = makeTestRegistry({ rivals: [], ...options })
  const session = loggedIn(world.registry)
  expect(codeOf(ask(session, createXml('kawa.pl')))).toBe(1000)
  return { ...world, session }
}

/** Operation and amount of each line of the account report; a credit is negative. */
function bookings(registry: Registry): string[] {
  present(registry)
  return [...writeReport(registry, 'droplock')].slice(1).map((line) => {
    const [, , operation, , , debit, credit] = line.split(',')
    return `${operation} ${debit || `-${credit}`}`
  })
}

const exDate = (session: Session) => textOf(ask(session, infoXml('kawa.pl')), 'exDate')
const rgp = (session: Session) =>
  [...ask(session, infoXml('kawa.pl')).matchAll(/rgpStatus s="(\w+)"/g)].map(([, status]) => status)

test('a name that nobody renews is renewed at its expiry, for the fee of a renewal, and again each year', () => {
  const { registry, clock, session } = registered()
  clock.ms = EXPIRY - 1
  expect([exDate(session), rgp(session)]).toEqual(['2027-11-24T12:00:00.000Z', []])
  clock.ms = EXPIRY
  expect([exDate(session), rgp(session)]).toEqual(['2028-11-24T12:00:00.000Z', ['autoRenewPeriod']])
  expect(bookings(registry)).toEqual(['create 8.00', 'autorenew 8.00'])
  clock.ms = EXPIRY + 45 * DAY_MS - 1
  expect(rgp(session)).toEqual(['autoRenewPeriod'])
  clock.ms += 1
  expect(rgp(session)).toEqual([])
  clock.ms = Date.parse('2030-06-01T00:00:00Z')
  expect(bookings(registry)).toEqual(['create 8.00', ...Array(3).fill('autorenew 8.00')])
  expect([...writeReport(registry)].map((line) => line.slice(0, 24)).slice(2)).toEqual([
    '2027-11-24T12:00:00.000Z',
    '2028-11-24T12:00:00.000Z',
    '2029-11-24T12:00:00.000Z',
  ])
})

test('the registry does not ask the deposit: it goes below nothing, and the next create is 2104', () => {
  const accounts = [{ clid: 'droplock', password: 'sim-secret-1', depositMinor: 1000 }]
  const { registry, clock, session } = registered({ accounts })
  clock.ms = EXPIRY
  expect(bookings(registry)).toEqual(['create 8.00', 'autorenew 8.00'])
  expect(registry.accounts.get('droplock')).toMatchObject({ depositMinor: 1000, spentMinor: 1600 })
  expect(codeOf(ask(session, createXml('mleko.pl')))).toBe(2104)
})

test('a premium name is renewed at the price of its tier', () => {
  const { registry, clock } = makeTestRegistry({ rivals: [], fee: { tiers: { gold: 5000 } } })
  const spec = { name: 'zloto.pl', kind: 'premium', tier: 'gold', purgeAtMs: NOON, rivals: [] } as const
  loadNames(registry, [spec], present(registry))
  expect(codeOf(ask(loggedIn(registry), createXml('zloto.pl', { fee: '50.00' })))).toBe(1000)
  clock.ms = EXPIRY
  present(registry)
  expect([...writeReport(registry)].at(-1)).toMatch(/,droplock,autorenew,zloto.pl,1,50.00,,USD,[^,]+,gold\n$/)
})

test('a renewal moves the automatic one, and is shown as renewPeriod for five days', () => {
  const { registry, clock, session } = registered()
  clock.ms = EXPIRY - DAY_MS
  expect(codeOf(ask(session, renewXml('2027-11-24')))).toBe(1000)
  expect(rgp(session)).toEqual(['renewPeriod'])
  clock.ms = EXPIRY + DAY_MS
  expect(bookings(registry)).toEqual(['create 8.00', 'renew 8.00'])
  clock.ms = EXPIRY - DAY_MS + 5 * DAY_MS
  expect(rgp(session)).toEqual([])
  clock.ms = EXPIRY + 366 * DAY_MS
  expect(bookings(registry)).toEqual(['create 8.00', 'renew 8.00', 'autorenew 8.00'])
})

test('several statuses are shown when several periods run', () => {
  const { clock, session } = registered()
  expect(codeOf(ask(session, renewXml('2027-11-24')))).toBe(1000)
  expect(rgp(session)).toEqual(['addPeriod', 'renewPeriod'])
  clock.ms = Date.parse('2028-11-24T12:00:01Z')
  expect(codeOf(ask(session, renewXml('2029-11-24')))).toBe(1000)
  expect(rgp(session)).toEqual(['autoRenewPeriod', 'renewPeriod'])
})

test('a delete within the grace goes to redemption, credits the renewal and puts exDate back', () => {
  const { registry, clock, session } = registered()
  clock.ms = EXPIRY + 45 * DAY_MS - 1
  const deleted = ask(session, deleteXml)
  expect([codeOf(deleted), textOf(deleted, 'credit')]).toEqual([1001, '-8.00'])
  expect(bookings(registry)).toEqual(['create 8.00', 'autorenew 8.00', 'delete_in_auto_renew_period -8.00'])
  expect(registry.accounts.get('droplock')?.spentMinor).toBe(800)
  expect([exDate(session), rgp(session)]).toEqual(['2027-11-24T12:00:00.000Z', ['redemptionPeriod']])
  clock.ms += 36 * DAY_MS
  expect(codeOf(ask(session, infoXml('kawa.pl')))).toBe(2303)
  clock.ms += 800 * DAY_MS
  expect(bookings(registry)).toHaveLength(3)
})

test('a delete after the grace, or before the expiry, credits nothing', () => {
  for (const atMs of [EXPIRY + 45 * DAY_MS, EXPIRY - 1]) {
    const { registry, clock, session } = registered()
    clock.ms = atMs
    const deleted = ask(session, deleteXml)
    expect([codeOf(deleted), textOf(deleted, 'credit')]).toEqual([1001, undefined])
    expect(bookings(registry).filter((line) => line.includes('-'))).toEqual([])
    const before = bookings(registry)
    clock.ms += 30 * DAY_MS
    expect(bookings(registry)).toEqual(before)
  }
})

test('a name that was deleted and registered again is renewed by its new expiry only', () => {
  const { registry, clock, session } = registered()
  clock.ms = NOON + DAY_MS
  ask(session, deleteXml)
  expect(codeOf(ask(session, createXml('kawa.pl')))).toBe(1000)
  clock.ms = EXPIRY + DAY_MS - 1
  expect(exDate(session)).toBe('2027-11-25T12:00:00.000Z')
  clock.ms = EXPIRY + DAY_MS
  expect(exDate(session)).toBe('2028-11-25T12:00:00.000Z')
  expect(bookings(registry).filter((line) => line.startsWith('autorenew'))).toHaveLength(1)
})

test('a name restored before its expiry is renewed at it, one restored after it at once', () => {
  for (const [deletedMs, restoredMs, renewedMs] of [
    [EXPIRY - 20 * DAY_MS, EXPIRY - 5 * DAY_MS, EXPIRY],
    [EXPIRY - 20 * DAY_MS, EXPIRY - 60_000, EXPIRY],
    [EXPIRY - 20 * DAY_MS, EXPIRY + 5 * DAY_MS, EXPIRY + 5 * DAY_MS],
  ] as const) {
    const { registry, clock, session } = registered()
    clock.ms = deletedMs
    expect(codeOf(ask(session, deleteXml))).toBe(1001)
    clock.ms = restoredMs
    expect(codeOf(ask(session, restoreXml))).toBe(1000)
    clock.ms = EXPIRY + 6 * DAY_MS
    expect(exDate(session)).toBe('2028-11-24T12:00:00.000Z')
    expect(bookings(registry)).toEqual(['create 8.00', 'restore 8.00', 'autorenew 8.00'])
    const renewed = [...writeReport(registry)].find((line) => line.includes(',autorenew,'))
    expect(renewed?.slice(0, 24)).toBe(new Date(renewedMs).toISOString())
    clock.ms = EXPIRY + 367 * DAY_MS
    expect(bookings(registry)).toHaveLength(4)
  }
})

test('a name restored after a delete in the grace is renewed at the expiry that the credit put back', () => {
  const { registry, clock, session } = registered()
  clock.ms = EXPIRY
  expect(codeOf(ask(session, renewXml('2028-11-24', 2)))).toBe(1000)
  clock.ms = EXPIRY + 20 * DAY_MS
  expect(codeOf(ask(session, deleteXml))).toBe(1001)
  expect(codeOf(ask(session, restoreXml))).toBe(1000)
  expect([exDate(session), rgp(session)]).toEqual(['2029-11-24T12:00:00.000Z', []])
  clock.ms = Date.parse('2029-11-24T12:00:00Z')
  expect([exDate(session), rgp(session)]).toEqual(['2030-11-24T12:00:00.000Z', ['autoRenewPeriod']])
  expect(bookings(registry)).toEqual([
    'create 8.00',
    'autorenew 8.00',
    'renew 16.00',
    'delete_in_auto_renew_period -8.00',
    'restore 8.00',
    'autorenew 8.00',
  ])
})

test('a listed name that is withdrawn from the drop costs its sponsor nothing', () => {
  const { registry, clock } = makeTestRegistry({ rivals: [] })
  const spec = { name: 'kawa.pl', purgeAtMs: NOON + DAY_MS, priorClid: 'droplock', kind: 'normal' } as const
  loadNames(registry, [spec], present(registry))
  withdrawNames(registry, ['kawa.pl'], present(registry))
  clock.ms += 400 * DAY_MS
  expect(bookings(registry)).toEqual([])
})

test('an award and the names of rivals are renewed too', () => {
  const { registry, clock } = makeTestRegistry({
    profile: 'dropzone-like',
    dropzone: { periodMs: 60_000 },
  })
  const rivals = [{ clid: 'rival-a', delayMs: 5 }]
  loadNames(registry, [{ name: 'kawa.pl', kind: 'normal', purgeAtMs: NOON, rivals }], present(registry))
  clock.ms = EXPIRY + DAY_MS
  present(registry)
  expect([...writeReport(registry, 'rival-a')].map((line) => line.split(',')[2]).slice(1)).toEqual([
    'award',
    'autorenew',
  ])
})

test('a thousand names that expire on one day are one event until that day, then each has its own instant', () => {
  const { registry, clock } = makeTestRegistry({ rivals: [] })
  const specs = Array.from({ length: 1000 }, (_, index) => ({
    name: `n${index}.pl`,
    kind: 'normal' as const,
    purgeAtMs: NOON + index,
    rivals: [{ clid: 'rival-a', delayMs: 1 }],
  }))
  loadNames(registry, specs, present(registry))
  clock.ms = NOON + 5000
  present(registry)
  expect(registry.timeline.heap).toHaveLength(1)
  clock.ms = EXPIRY + 500
  present(registry)
  expect([...writeReport(registry)].filter((line) => line.includes(',autorenew,'))).toHaveLength(500)
})

test('without auto-renewal a name stays registered with an exDate that has passed', () => {
  const profiles = (['uk-like', 'no-like', 'ee-like'] as const).map((profile) => ({ profile }))
  for (const options of [{ autoRenew: null }, ...profiles]) {
    const { registry, clock, session } = registered(options)
    clock.ms = EXPIRY + 100 * DAY_MS
    expect([exDate(session), rgp(session)]).toEqual(['2027-11-24T12:00:00.000Z', []])
    expect(bookings(registry)).toEqual(['create 8.00'])
  }
})

test('without a grace the renewal stands: a delete is credited nothing', () => {
  for (const options of [{ autoRenew: { graceMs: 0 } }, { profile: 'nl-like' }] as const) {
    const { registry, clock, session } = registered(options)
    clock.ms = EXPIRY
    expect(rgp(session)).toEqual([])
    expect(codeOf(ask(session, deleteXml))).toBe(1001)
    expect(bookings(registry)).toEqual(['create 8.00', 'autorenew 8.00'])
  }
})

test('an expiry that is moved twice renews the name once, at the last', () => {
  const { registry, clock, session } = registered()
  const move = (atMs: number) => changeExpiry(registry, 'kawa.pl', atMs, present(registry))
  for (const atMs of [NOON + 1000, EXPIRY, NOON + 2000, NOON + 1000, NOON + 2000]) move(atMs)
  clock.ms = NOON + 1500
  expect(exDate(session)).toBe('2026-11-24T12:00:02.000Z')
  clock.ms = NOON + 2000
  expect(exDate(session)).toBe('2027-11-24T12:00:02.000Z')
  expect(bookings(registry)).toEqual(['create 8.00', 'autorenew 8.00'])
  const moved = move(EXPIRY)
  if (typeof moved === 'string') throw new Error(moved)
  expect(truthOf(moved)).toMatchObject({
    winner: { exDate: '2027-11-24T12:00:00.000Z', autoRenewedAt: '2026-11-24T12:00:02.000Z' },
  })
})

test('over the wire: an expiry that was moved renews a young name, whose delete is credited, and the report shows it', async () => {
  let nowMs = NOON
  const testbed = await startTestbed({ rivals: [] }, { clock: { nowMs: () => nowMs } })
  const move = async (of: string, expiresAt: string) => {
    const url = `${testbed.simulator.control}/registries/sim/names/${of}/expiry`
    const response = await fetch(url, { method: 'PUT', body: JSON.stringify({ expiresAt }) })
    return { status: response.status, ...((await response.json()) as object) }
  }
  try {
    const client = await logIn(testbed.registry)
    expect(codeOf(await client.send(createXml('kawa.pl')))).toBe(1000)
    expect(await move('kawa.pl', '2026-11-24T13:00:00+00:00')).toEqual({
      status: 200,
      expiresAt: '2026-11-24T13:00:00.000Z',
    })
    nowMs = NOON + 3_600_000
    expect(await client.send(infoXml('kawa.pl'))).toContain(
      '<rgp:rgpStatus s="autoRenewPeriod"/></rgp:infData>',
    )
    // One that has passed takes effect at once, twice here.
    expect(await move('KAWA.pl', '2025-11-24T12:00:00Z')).toMatchObject({
      expiresAt: '2027-11-24T12:00:00.000Z',
    })
    expect(JSON.parse(await testbed.get('names/kawa.pl'))).toMatchObject({
      winner: { exDate: '2027-11-24T12:00:00.000Z', autoRenewedAt: '2026-11-24T13:00:00.000Z' },
    })
    expect(codeOf(await client.send(deleteXml))).toBe(1001)
    expect(await move('kawa.pl', '2027-11-24T12:00:00Z')).toMatchObject({
      status: 409,
      code: 'name_not_registered',
    })
    const rows = (await testbed.get('report.csv?account=droplock')).trimEnd().split('\n').slice(1)
    expect(rows.map((row) => row.split(',').slice(2, 8).join(','))).toEqual([
      'create,kawa.pl,1,8.00,,USD',
      'autorenew,kawa.pl,1,8.00,,USD',
      'autorenew,kawa.pl,1,8.00,,USD',
      'autorenew,kawa.pl,1,8.00,,USD',
      'delete_in_auto_renew_period,kawa.pl,1,,8.00,USD',
    ])
    const { accounts } = JSON.parse(await testbed.get('violations'))
    expect(accounts[0].charged).toContainEqual({
      operation: 'autorenew',
      class: 'standard',
      count: 3,
      minor: 2400,
    })
    client.close()
  } finally {
    await testbed.stop()
  }
})
