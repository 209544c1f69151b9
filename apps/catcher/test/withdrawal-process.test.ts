import type { ChildProcess } from 'node:child_process'
import { placeBackorder } from '@droplock/core/backorders/place'
import { approveProposal } from '@droplock/core/proposals/approve'
import { proposeWithdrawal } from '@droplock/core/proposals/propose-withdrawal'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { givenOperator } from './support/contacts.ts'
import { endGently, killHard, spawnCatcher, spawnServed, spawnWorker } from './support/process.ts'
import { confirmed, publishSnapshot, readAnswers, readName, refundsOf } from './support/suspects.ts'
import { startTestbed, type Testbed } from './support/testbed.ts'
import { waitUntil } from './support/wait-until.ts'

// Worker, catcher and simulated registry, as they are run.

const HOUR_MS = 3_600_000

let testbed: Testbed
const running: ChildProcess[] = []
beforeEach(async () => {
  testbed = await startTestbed()
})
afterEach(async () => {
  await Promise.all(running.splice(0).map(killHard))
  await testbed.end()
})

function start(): void {
  running.push(
    spawnWorker(testbed, { DROPLOCK_IDLE_MS: '1000', DROPLOCK_CONFIRM_MS: '50' }),
    spawnCatcher(testbed),
  )
}

async function given(names: readonly string[]): Promise<Date> {
  const purgeAt = new Date(Date.now() + HOUR_MS)
  await publishSnapshot(testbed, names, purgeAt)
  await testbed.post('names', {
    names: names.map((name) => ({ name, kind: 'normal', rivals: [], purgeAt: purgeAt.toISOString() })),
  })
  return purgeAt
}

test('of two held names that left their list, the restored one is withdrawn and refunded, and the other is kept', async () => {
  const names = ['restored.test', 'pending.test', 'free.test', 'listed.test']
  const purgeAt = await given(names)
  for (const name of ['restored.test', 'pending.test'])
    await placeBackorder(testbed.buyer, { name, payment: 'balance' })
  await testbed.post('withdraw', { names: ['restored.test'] })
  await publishSnapshot(testbed, ['listed.test'], purgeAt)
  expect(await readName(testbed, 'pending.test')).toMatchObject({ suspect: true, order: 'backordered' })
  start()
  await confirmed(testbed, 'restored.test', 'pending.test', 'free.test')
  expect(await readName(testbed, 'restored.test')).toMatchObject({
    state: 'withdrawn',
    order: 'failed',
    failure_reason: 'withdrawn',
    result: 'withdrawn',
  })
  expect(await refundsOf(testbed, 'restored.test')).toBe(1)
  const [answer] = await readAnswers(testbed, 'restored.test')
  expect(answer).toMatchObject({ means: 'info', code: 1000, verdict: 'withdrawn', decides: true })
  expect(answer?.svtrid).not.toBeNull()
  for (const name of ['pending.test', 'free.test'])
    expect(await readName(testbed, name)).toMatchObject({
      state: 'open',
      suspect: false,
      result: 'pending_delete',
    })
  await placeBackorder(testbed.buyer, { name: 'free.test', payment: 'balance' })
})

const WINDOW_MS = 60_000

/** Two people withdraw a name that is dropping, as they do in the console. */
async function withdrawByTwo(name: string): Promise<void> {
  const { id } = await testbed.clone.db
    .selectFrom('listing')
    .select('id')
    .where('name', '=', name)
    .executeTakeFirstOrThrow()
  const reason = 'a court order'
  const proposed = { listingId: id, block: true, evidence: 'Case 12/26', reason }
  const proposalId = await proposeWithdrawal(await givenOperator(testbed), proposed)
  await approveProposal(await givenOperator(testbed), { proposalId })
}

/** When each create for a name was sent, and when its target was decided. */
async function readCreates(name: string) {
  const { id, decided_at: decidedAt } = await testbed.clone.db
    .selectFrom('catch_target')
    .select(['id', 'decided_at'])
    .where('name', '=', name)
    .executeTakeFirstOrThrow()
  const creates = await testbed.clone.db
    .selectFrom('catch_attempt')
    .select('sent_at')
    .where('target_id', '=', id)
    .where('command', '=', 'create')
    .execute()
  return { decidedAt, sentAt: creates.map(({ sent_at }) => sent_at) }
}

test('creates for a held name stop when two people withdraw it, and the holder is refunded after info shows that it is not ours', async () => {
  const purgeAt = await given(['suspect.test'])
  await testbed.order([{ name: 'ordered.test', kind: 'unreleased' }], 1_500, WINDOW_MS)
  const suspect = testbed.clone.db.updateTable('listing').where('name', '=', 'suspect.test')
  await suspect.set({ drop_from: purgeAt, drop_to: purgeAt }).execute()
  start()
  const createsAreSent = (atLeast: number) =>
    waitUntil(
      `${atLeast} creates are sent`,
      async () => (await readCreates('ordered.test')).sentAt.length >= atLeast,
    )
  await createsAreSent(5)
  await suspect.set({ suspect: true }).execute()
  await createsAreSent(100)
  // While a name drops, no command is spent on suspects.
  expect(await readAnswers(testbed, 'suspect.test')).toEqual([])
  await withdrawByTwo('ordered.test')
  await waitUntil(
    'it is withdrawn',
    async () => (await readName(testbed, 'ordered.test')).state === 'withdrawn',
  )
  expect(await readName(testbed, 'ordered.test')).toMatchObject({
    order: 'failed',
    failure_reason: 'withdrawn',
  })
  expect(await refundsOf(testbed, 'ordered.test')).toBe(1)
  const truth = testbed.simulator.truth('sim').find((each) => each.name === 'ordered.test')
  expect(truth?.winner).toBeFalsy()
  await confirmed(testbed, 'suspect.test')
  // All evidence is written before the catcher ends.
  await Promise.all(running.splice(0).map(endGently))
  const { decidedAt, sentAt } = await readCreates('ordered.test')
  expect(sentAt.filter((at) => decidedAt === null || at > decidedAt)).toEqual([])
})

async function stateOfTarget(name: string) {
  const { state } = await testbed.clone.db
    .selectFrom('catch_target')
    .select('state')
    .where('name', '=', name)
    .executeTakeFirstOrThrow()
  return state
}

test('a name that was registered before the withdrawal reached the catcher stays registered and is not refunded', async () => {
  await testbed.order([{ name: 'won.test', kind: 'normal', rivals: [] }], 1_500, WINDOW_MS)
  // The answer to the create is lost, and `info` fails, so that it is ambiguous when the withdrawal is decided.
  const names = ['won.test']
  await testbed.post('faults', { kind: 'cut_after_commit', on: 'commit', names, count: 1 })
  await testbed.post('faults', { kind: 'failed', commands: ['info'], names, count: 1_000 })
  start()
  await waitUntil('it is ambiguous', async () => (await stateOfTarget('won.test')) === 'ambiguous')
  await withdrawByTwo('won.test')
  expect(await readName(testbed, 'won.test')).toMatchObject({ state: 'dropping', order: 'registering' })
  const answer = await fetch(`${testbed.simulator.control}/registries/sim/faults`, { method: 'DELETE' })
  expect(answer.ok).toBe(true)
  await waitUntil('it is decided', async () => (await readName(testbed, 'won.test')).state === 'caught')
  expect(await readName(testbed, 'won.test')).toMatchObject({ order: 'successful' })
  expect(await refundsOf(testbed, 'won.test')).toBe(0)
})

test('a suspect about which the catcher asked when it was killed is asked about by its successor, and decided once', async () => {
  const purgeAt = await given(['restored.test'])
  await placeBackorder(testbed.buyer, { name: 'restored.test', payment: 'balance' })
  await testbed.post('withdraw', { names: ['restored.test'] })
  await testbed.post('faults', {
    kind: 'slow',
    commands: ['info'],
    names: ['restored.test'],
    count: 1,
    delayMs: 60_000,
  })
  await publishSnapshot(testbed, [], purgeAt)
  running.push(spawnWorker(testbed, { DROPLOCK_IDLE_MS: '1000', DROPLOCK_CONFIRM_MS: '50' }))
  const first = await spawnServed(testbed, { DROPLOCK_LOG_LEVEL: 'info' })
  await waitUntil('the registry is asked', async () => {
    const answer = await fetch(`${testbed.simulator.control}/registries/sim/faults`)
    const { faults } = (await answer.json()) as { readonly faults: readonly { readonly injected: number }[] }
    return faults.some(({ injected }) => injected > 0)
  })
  await killHard(first.child)
  running.push(spawnCatcher(testbed))
  await confirmed(testbed, 'restored.test')
  expect(await readName(testbed, 'restored.test')).toMatchObject({ state: 'withdrawn', order: 'failed' })
  expect(await refundsOf(testbed, 'restored.test')).toBe(1)
  expect((await readAnswers(testbed, 'restored.test')).filter(({ decides }) => decides)).toHaveLength(1)
})
