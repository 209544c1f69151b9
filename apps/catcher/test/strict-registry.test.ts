import type { ChildProcess } from 'node:child_process'
import { findUndecidedTargets } from '@droplock/core/alarms/find'
import { listBackorders } from '@droplock/core/backorders/list'
import { proveLedger } from '@droplock/core/ledger/prove'
import type { Zone } from '@droplock/core/registries/define'
import { afterEach, expect, test } from 'vitest'
import type { RegistryOptions } from '../../registry-sim/src/registry/settings.ts'
import { givenOperator, setContacts } from './support/contacts.ts'
import { endGently, spawnCatcher } from './support/process.ts'
import { type RdapServer, startRdap } from './support/rdap.ts'
import { type DroppingName, PASSWORD, startTestbed, type Testbed } from './support/testbed.ts'
import { waitUntil } from './support/wait-until.ts'

/**
 * Modelled on a real registry: it refuses info on others' names (2201), ends a connection on which a clTRID is repeated, and sells
 * a premium name at its price to a create without a fee. The catcher runs as a process.
 */
const strict: Partial<RegistryOptions> = {
  infoOfOthers: 'refused',
  clTRIDs: 'unique',
  fee: { premiumMinor: 50_000, premiumWithoutFee: 'sold', higherFee: 'taken' },
}

const SOON_MS = 1_500

const others = { priorClid: 'registrar-12' } as const
const ours = { priorClid: 'droplock' } as const
const rival = { rivals: [{ clid: 'rival-a', delayMs: 1 }] } as const
const free = { rivals: [] } as const

let testbed: Testbed
let catcher: ChildProcess | undefined
let rdap: RdapServer | undefined
afterEach(async () => {
  if (catcher !== undefined) await endGently(catcher)
  catcher = undefined
  await rdap?.stop()
  rdap = undefined
  await testbed.end()
})

async function open(settings: Partial<RegistryOptions>, zone: Partial<Zone> = {}): Promise<void> {
  testbed = await startTestbed({ ...strict, ...settings }, zone)
  catcher = spawnCatcher(testbed)
  // Some alarms end with their drop, so the page is opened before it begins.
  await testbed.today()
}

async function ends(): Promise<Record<string, string>> {
  const { items } = await listBackorders(testbed.buyer, { limit: 200 })
  return Object.fromEntries(items.map(({ name, failureReason, state }) => [name, failureReason ?? state]))
}

const isEnd = (end: string) => end !== 'registering' && end !== 'backordered'

async function drop(names: readonly DroppingName[]): Promise<Record<string, string>> {
  await testbed.order(names, SOON_MS)
  await waitUntil('every name is decided', async () => Object.values(await ends()).every(isEnd))
  return ends()
}

/** The open alarms by the console's API. */
async function openAlarms() {
  return (await testbed.today()).alarms()
}

function raised(kind: string): Promise<void> {
  return waitUntil(`${kind} is raised`, async () => (await openAlarms()).some((alarm) => alarm.kind === kind))
}

/** What the worker's sweep reports as `target_undecided`; here one second after the grace. */
function undecided() {
  return findUndecidedTargets(testbed.buyer, 1_000)
}

function basisOf(name: string) {
  return testbed.clone.db
    .selectFrom('catch_target')
    .select(['state', 'decided_basis as basis', 'decided_code as code'])
    .where('name', '=', name)
    .executeTakeFirstOrThrow()
}

function attemptsOf(name: string) {
  return testbed.clone.db
    .selectFrom('catch_attempt')
    .innerJoin('catch_target', 'catch_target.id', 'catch_attempt.target_id')
    .select(['command', 'code', 'message'])
    .where('name', '=', name)
    .orderBy('sent_at')
    .execute()
}

async function charged(): Promise<unknown> {
  const answer = await fetch(`${testbed.simulator.control}/registries/sim/violations`)
  const { accounts } = (await answer.json()) as { accounts: { clid: string; charged: unknown }[] }
  return accounts.find(({ clid }) => clid === 'droplock')?.charged
}

async function provesLedger(): Promise<void> {
  expect(await proveLedger(testbed.clone.db)).toMatchObject({
    ledgerSumMinor: { USD: 0n },
    escrowMinor: { USD: 0n },
    unrefundedFailures: 0,
  })
}

test('at a registry that hides others’ names and sells premium names at any price, no premium name is bought and every name is decided', async () => {
  await open({})
  expect(
    await drop([
      { name: 'ours.test', kind: 'normal', ...others, ...free },
      { name: 'own.test', kind: 'normal', ...ours, ...free },
      { name: 'dear.test', kind: 'premium', ...others, ...free },
      { name: 'rival.test', kind: 'normal', ...others, ...rival },
      { name: 'own-rival.test', kind: 'normal', ...ours, ...rival },
      { name: 'kept.test', kind: 'unreleased', ...ours },
      { name: 'policy.test', kind: 'refused', ...others, ...free },
    ]),
  ).toEqual({
    'ours.test': 'successful',
    'own.test': 'successful',
    'dear.test': 'premium',
    'rival.test': 'lost',
    'own-rival.test': 'lost',
    'kept.test': 'missed',
    'policy.test': 'refused',
  })
  expect(await charged()).toEqual([{ operation: 'create', class: 'standard', count: 2, minor: 1_600 }])
  expect(await basisOf('rival.test')).toMatchObject({ basis: 'presumed' })
  expect(await basisOf('kept.test')).toMatchObject({ basis: 'info' })
  expect(await basisOf('dear.test')).toMatchObject({ basis: 'fee_check', code: 2004 })
  expect((await attemptsOf('dear.test')).at(-1)).toMatchObject({
    command: 'fee_check',
    code: 1000,
    message: expect.stringContaining('500.00 USD'),
  })
  await provesLedger()
})

test.each(['cut_before_commit', 'cut_after_commit'])(
  'a create whose connection is %s there is decided: ours is won, and another’s is not taken for ours',
  async (kind) => {
    await open({})
    await testbed.post('faults', { kind, on: 'commit', names: ['ours.test'], count: 1 })
    expect(
      await drop([
        { name: 'ours.test', kind: 'normal', ...others, ...free },
        { name: 'rival.test', kind: 'normal', ...others, ...rival },
      ]),
    ).toEqual({ 'ours.test': 'successful', 'rival.test': 'lost' })
    expect(testbed.simulator.truth('sim').find(({ name }) => name === 'ours.test')?.winner?.clID).toBe(
      'droplock',
    )
    await provesLedger()
  },
)

test('RDAP shows there which names were lost and which were never released, and its answers are stored as evidence', async () => {
  rdap = await startRdap((name) => testbed.simulator.truth('sim').find((each) => each.name === name))
  await open({}, { rdapUrl: rdap.url })
  rdap.refuseOnce(429, { 'retry-after': '1' })
  expect(
    await drop([
      { name: 'rival.test', kind: 'normal', ...others, ...rival },
      { name: 'kept.test', kind: 'unreleased', ...others },
    ]),
  ).toEqual({ 'rival.test': 'lost', 'kept.test': 'missed' })
  expect(await basisOf('rival.test')).toMatchObject({ state: 'lost', basis: 'rdap' })
  expect(await basisOf('kept.test')).toMatchObject({ state: 'missed', basis: 'rdap' })
  const looks = (await attemptsOf('rival.test')).filter(({ command }) => command === 'rdap')
  expect(looks.at(-1)).toMatchObject({ code: 200, message: expect.stringContaining('rival-a') })
  await provesLedger()
})

test('without a fee extension no create is sent in zones with premium names: the account is not ready, and reports so', async () => {
  await open({ extensions: ['rgp'] })
  const dropped = drop([
    { name: 'dear.test', kind: 'premium', ...others, ...free },
    { name: 'free.test', kind: 'normal', ...others, ...free },
  ])
  // The alarm ends with the last name that needs a create.
  await raised('account_not_ready')
  expect(await dropped).toEqual({ 'dear.test': 'missed', 'free.test': 'missed' })
  await waitUntil('the alarm is closed', async () => (await openAlarms()).length === 0)
  expect((await attemptsOf('free.test')).filter(({ command }) => command === 'create')).toEqual([])
  expect(await charged()).toEqual([])
  await provesLedger()
})

test('without a fee extension names of a zone without premium names are caught', async () => {
  await open({ extensions: ['rgp'] }, { mayHavePremium: false })
  expect(await drop([{ name: 'free.test', kind: 'normal', ...others, ...free }])).toEqual({
    'free.test': 'successful',
  })
  expect(await openAlarms()).toEqual([])
})

test('an incomplete create with a right fee does not end as premium: there is an alarm, few attempts, and a refund', async () => {
  await open({ registrantMissing: 2003 })
  expect(await drop([{ name: 'free.test', kind: 'normal', ...others, ...free }])).toEqual({
    'free.test': 'missed',
  })
  await raised('create_incomplete')
  expect(await openAlarms()).toMatchObject([
    {
      kind: 'create_incomplete',
      subject: 'sim/droplock',
      facts: { zone: 'test', code: 2003, message: expect.stringContaining('registrant') },
    },
  ])
  const creates = (await attemptsOf('free.test')).filter(({ command }) => command === 'create')
  expect(creates.length).toBeLessThanOrEqual(2)
  await provesLedger()
})

test('the alarm about an incomplete create is cleared when operators have completed it and the name is caught', async () => {
  await open({ registrantMissing: 2003 }, { graceSeconds: 60 })
  await testbed.order([{ name: 'free.test', kind: 'normal', ...others, ...free }], SOON_MS)
  await raised('create_incomplete')
  expect(await ends()).toEqual({ 'free.test': 'registering' })

  await setContacts(await givenOperator(testbed))
  await testbed.setZone({ contactRoles: ['registrant'] })

  await waitUntil('the name is caught', async () => (await ends())['free.test'] === 'successful')
  await waitUntil('the alarm is closed', async () => (await openAlarms()).length === 0)
})

test('an empty deposit raises an alarm until a create succeeds again, and fails no name during its window', async () => {
  const account = { clid: 'droplock', password: PASSWORD, depositMinor: 0 }
  await open({ accounts: [account], rivals: [] }, { graceSeconds: 60 })
  await testbed.order([{ name: 'free.test', kind: 'normal', ...others }], SOON_MS)
  await raised('deposit_empty')
  expect(await openAlarms()).toMatchObject([
    { kind: 'deposit_empty', subject: 'sim/droplock', facts: { zone: 'test', code: 2104 } },
  ])
  await testbed.post('deposits', { clid: 'droplock', minor: 800 })
  await waitUntil('the name is caught', async () => (await ends())['free.test'] === 'successful')
  await waitUntil('the alarm is closed', async () => (await openAlarms()).length === 0)
})

test('a standard fee above ours raises an alarm and fails no name: it is caught once operators have set the fee', async () => {
  await open({ fee: { ...strict.fee, standardMinor: 900 } }, { graceSeconds: 60 })
  await testbed.order([{ name: 'free.test', kind: 'normal', ...others, ...free }], SOON_MS)
  await raised('fee_stale')
  expect(await openAlarms()).toMatchObject([
    { kind: 'fee_stale', subject: 'test', facts: { registryFee: '9.00 USD', ourFee: '8.00 USD' } },
  ])
  expect(await ends()).toEqual({ 'free.test': 'registering' })

  await testbed.setZone({ standardFeeMinor: 900n })

  await waitUntil('the name is caught', async () => (await ends())['free.test'] === 'successful')
  await waitUntil('the alarm is closed', async () => (await openAlarms()).length === 0)
  expect(await charged()).toEqual([{ operation: 'create', class: 'standard', count: 1, minor: 900 }])
})

test('a standard fee below ours is sent at once if the registry requires the exact sum, and raises an alarm', async () => {
  await open({ fee: { standardMinor: 700 } })
  expect(await drop([{ name: 'free.test', kind: 'normal', ...others, ...free }])).toEqual({
    'free.test': 'successful',
  })
  await raised('fee_stale')
  expect(await charged()).toEqual([{ operation: 'create', class: 'standard', count: 1, minor: 700 }])
})

test('an ambiguous name about which info shows nothing is reported, delays no other name, and is decided when info answers', async () => {
  await open({})
  await testbed.post('faults', { kind: 'cut_before_commit', on: 'commit', names: ['unclear.test'], count: 1 })
  await testbed.post('faults', { kind: 'failed', commands: ['info'], names: ['unclear.test'], count: 1_000 })
  await testbed.order(
    [
      { name: 'unclear.test', kind: 'normal', ...others, ...free },
      { name: 'ours.test', kind: 'normal', ...others, ...free },
    ],
    SOON_MS,
  )
  await waitUntil('only it is reported as undecided', async () => {
    return (await ends())['ours.test'] === 'successful' && (await undecided()).length === 1
  })
  expect(await ends()).toEqual({ 'unclear.test': 'registering', 'ours.test': 'successful' })
  const answer = await fetch(`${testbed.simulator.control}/registries/sim/faults`, { method: 'DELETE' })
  expect(answer.ok).toBe(true)
  await waitUntil('the name is decided', async () => isEnd((await ends())['unclear.test'] ?? ''))
  expect(await ends()).toMatchObject({ 'unclear.test': 'successful' })
  expect(await undecided()).toEqual([])
})

test('a name that was applied for (1001) waits for its award with few info commands, and is decided by it', async () => {
  await open({ dropzone: { periodMs: 8_000 } })
  expect(
    await drop([
      { name: 'ours.test', kind: 'normal', ...others, ...free },
      { name: 'second.test', kind: 'normal', ...others, ...free },
    ]),
  ).toEqual({ 'ours.test': 'successful', 'second.test': 'successful' })
  const infos = (await attemptsOf('ours.test')).filter(({ command }) => command === 'info')
  expect(infos.length).toBeLessThanOrEqual(6)
})
