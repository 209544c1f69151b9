import { listBackorders } from '@droplock/core/backorders/list'
import { getBackorder } from '@droplock/core/backorders/read'
import { proveLedger } from '@droplock/core/ledger/prove'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startCatcher } from './support/drive.ts'
import { type DroppingName, startTestbed, type Testbed } from './support/testbed.ts'
import { waitUntil } from './support/wait-until.ts'

let testbed: Testbed
let stopCatcher: (() => Promise<void>) | undefined

beforeEach(async () => {
  testbed = await startTestbed()
})

afterEach(async () => {
  await stopCatcher?.()
  stopCatcher = undefined
  await testbed.end()
})

const SOON_MS = 1_200

async function outcomes(): Promise<Record<string, string>> {
  const { items } = await listBackorders(testbed.buyer, { limit: 200 })
  return Object.fromEntries(items.map((each) => [each.name, each.failureReason ?? each.state]))
}

async function decided(): Promise<boolean> {
  const { items } = await listBackorders(testbed.buyer, { limit: 200 })
  return items.every(({ decidedAt }) => decidedAt !== null)
}

async function drop(names: readonly DroppingName[]): Promise<void> {
  stopCatcher = startCatcher(testbed)
  await testbed.order(names, SOON_MS)
  await waitUntil('every name is decided', decided)
}

function violations() {
  return fetch(`${testbed.simulator.control}/registries/sim/violations`).then((answer) => answer.json())
}

test('each of the six ends is found, refunded or settled, as the registry has it', async () => {
  await drop([
    { name: 'ours.test', kind: 'normal', priorClid: 'registrar-12', rivals: [] },
    {
      name: 'rival.test',
      kind: 'normal',
      priorClid: 'registrar-12',
      rivals: [{ clid: 'rival-a', delayMs: 1 }],
    },
    { name: 'kept.test', kind: 'unreleased', priorClid: 'registrar-12' },
    { name: 'dear.test', kind: 'premium', priorClid: 'registrar-12', rivals: [] },
    { name: 'restored.test', kind: 'withdrawn', priorClid: 'registrar-12' },
    { name: 'policy.test', kind: 'refused', priorClid: 'registrar-12', rivals: [] },
  ])
  expect(await outcomes()).toEqual({
    'ours.test': 'successful',
    'rival.test': 'lost',
    'kept.test': 'missed',
    'dear.test': 'premium',
    'restored.test': 'withdrawn',
    'policy.test': 'refused',
  })
  expect(await proveLedger(testbed.clone.db)).toMatchObject({
    ledgerSumMinor: { USD: 0n },
    escrowMinor: { USD: 0n },
    unrefundedFailures: 0,
  })
  expect(await violations()).toMatchObject({
    accounts: [{ clid: 'droplock', violations: { sessions: 0, rate: 0 } }, {}, {}],
  })
})

test('the settlement time is the registry’s crDate, and the evidence shows every command', async () => {
  await drop([{ name: 'ours.test', kind: 'normal', rivals: [] }])
  const [truth] = testbed.simulator.truth('sim')
  const { items } = await listBackorders(testbed.buyer, { limit: 1 })
  const shown = await getBackorder(testbed.buyer, items[0]?.id ?? '')
  expect(shown.settledAt?.toISOString()).toBe(truth?.winner?.crDate)
  const creates = shown.evidence?.attempts.items.filter((attempt) => attempt.command === 'create') ?? []
  // Of two that are sent at once by two sessions, either may arrive first.
  const arrived = truth?.arrivals.map((arrival) => arrival.clTRID ?? '') ?? []
  expect(creates.map((attempt) => attempt.clTRID).toSorted()).toEqual(arrived.toSorted())
  const won = creates.filter(({ code }) => code === 1000)
  expect(won).toMatchObject([{ outcome: 'answered' }])
})

test('names that expired at our own registrar are never mistaken for wins', async () => {
  const own = { priorClid: 'droplock' } as const
  await drop([
    { name: 'kept.test', kind: 'unreleased', ...own },
    { name: 'restored.test', kind: 'withdrawn', ...own },
    { name: 'rival.test', kind: 'normal', ...own, rivals: [{ clid: 'rival-a', delayMs: 1 }] },
    { name: 'ours.test', kind: 'normal', ...own, rivals: [] },
  ])
  expect(await outcomes()).toEqual({
    'kept.test': 'missed',
    'restored.test': 'withdrawn',
    'rival.test': 'lost',
    'ours.test': 'successful',
  })
})

test.each(['cut_before_commit', 'cut_after_commit'])(
  'a connection that is %s of a create decides nothing by itself',
  async (kind) => {
    await testbed.post('faults', { kind, on: 'commit', names: ['ours.test'], count: 1 })
    await drop([{ name: 'ours.test', kind: 'normal', rivals: [] }])
    expect(await outcomes()).toEqual({ 'ours.test': 'successful' })
    expect(testbed.simulator.truth('sim')[0]?.winner?.clID).toBe('droplock')
  },
)

test('a catcher that was down during the whole window still decides every name', async () => {
  await testbed.order(
    [
      { name: 'free.test', kind: 'normal', rivals: [] },
      { name: 'rival.test', kind: 'normal', rivals: [{ clid: 'rival-a', delayMs: 1 }] },
      { name: 'kept.test', kind: 'unreleased' },
    ],
    300,
  )
  await waitUntil('the window and its grace are over', async () => {
    const targets = await testbed.clone.db.selectFrom('catch_target').select('grace_until').execute()
    return targets.every(({ grace_until }) => grace_until.getTime() < Date.now())
  })
  stopCatcher = startCatcher(testbed)
  await waitUntil('every name is decided', decided)
  expect(await outcomes()).toEqual({ 'free.test': 'successful', 'rival.test': 'lost', 'kept.test': 'missed' })
})
