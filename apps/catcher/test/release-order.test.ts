import type { ChildProcess } from 'node:child_process'
import { readPlaces } from '@droplock/core/targets/release-order'
import { afterEach, expect, test } from 'vitest'
import type { RegistryOptions } from '../../registry-sim/src/registry/settings.ts'
import { violationsOf } from './support/outcomes.ts'
import { endGently, LEASE, spawnCatcher } from './support/process.ts'
import { addSecondAccount, twoAccounts } from './support/second-account.ts'
import { startTestbed, type Testbed } from './support/testbed.ts'
import { waitUntil } from './support/wait-until.ts'

let testbed: Testbed
const children: ChildProcess[] = []

afterEach(async () => {
  await Promise.all(children.splice(0).map(endGently))
  await testbed.end()
})

const MINUTE_MS = 60_000
const inHours = (hours: number) => new Date(Date.now() + hours * 60 * MINUTE_MS)
const IN_MS = 20_000
const WINDOW_MS = 4_000
const names = Array.from({ length: 7 }, (_, index) => ({ name: `batch-${index}.test` }))
const wanted = [{ name: 'batch-1.test' }, { name: 'batch-4.test' }]

/** Lets a batch drop of which two names are ordered, in a window that begins in 20 seconds. Returns when it begins. */
async function dropBatch(
  registry: Partial<RegistryOptions>,
  before: () => Promise<unknown> = async () => undefined,
): Promise<Date> {
  const terms = { release: 'daily_batch', dropLastsSeconds: WINDOW_MS / 1_000, graceSeconds: 30 } as const
  testbed = await startTestbed({ release: 'daily', ...registry }, terms)
  await before()
  await testbed.list(names.filter(({ name }) => wanted.every((each) => each.name !== name)))
  await testbed.secure(wanted)
  const startAt = new Date(Math.ceil((Date.now() + IN_MS) / 1_000) * 1_000)
  const updatedAt = (index: number) =>
    new Date(startAt.getTime() + MINUTE_MS * (index - 50_000)).toISOString()
  const loaded = names.map((each, index) => ({
    ...each,
    updatedAt: updatedAt(index),
    kind: 'normal',
    priorClid: 'registrar-12',
    rivals: [],
  }))
  await testbed.post('names', { names: loaded.toReversed() })
  const pace = { paceMs: 300, earlyMsMax: 0, driftMsMax: 0, jitterMsMax: 0 }
  await testbed.post('batches', { ...pace, startAt: startAt.toISOString() })
  await testbed.close(startAt, WINDOW_MS)
  children.push(spawnCatcher(testbed, LEASE))
  return startAt
}

const failQuestions = () => testbed.post('faults', { kind: 'failed', commands: ['info'], count: 12 })

const asked = () => testbed.clone.db.selectFrom('release_order').selectAll().execute()

const targets = () =>
  testbed.clone.db.selectFrom('catch_target').select(['name', 'state']).orderBy('name').execute()

async function expectCaught(): Promise<void> {
  await waitUntil('both are decided', async () =>
    (await targets()).every(({ state }) => !['armed', 'firing', 'ambiguous'].includes(state)),
  )
  expect(await targets()).toEqual(wanted.map(({ name }) => ({ name, state: 'registered' })))
}

test('the catcher asks about all names of a batch before its window, so it knows how many others are between two of ours', async () => {
  const startAt = await dropBatch({})
  await waitUntil('all names were asked about', async () => (await asked()).length === names.length)
  const places = await readPlaces(testbed.catcher, { zone: 'test', from: startAt, to: startAt })
  expect(places).toMatchObject([
    { rank: 1, of: 7 },
    { rank: 4, of: 7 },
  ])
  await expectCaught()
})

test('the names of an account that nobody drives are asked about by the other', async () => {
  await dropBatch({ accounts: twoAccounts }, () => addSecondAccount(testbed))
  await waitUntil('all names were asked about', async () => (await asked()).length === names.length)
})

test('a question that the registry refuses for the moment is asked again', async () => {
  await dropBatch({}, failQuestions)
  await waitUntil('all names were asked about', async () => (await asked()).length === names.length)
  expect((await asked()).filter(({ roid }) => roid === null)).toEqual([])
})

test('a batch with a secured order is asked about hours before its cut-off, when no name is armed', async () => {
  testbed = await startTestbed({ release: 'daily' }, { release: 'daily_batch' })
  await testbed.list(names.filter(({ name }) => wanted.every((each) => each.name !== name)))
  await testbed.secure(wanted)
  const window = { cutoff_at: inHours(7), drop_from: inHours(11), drop_to: inHours(12) }
  await testbed.clone.db.updateTable('listing').set(window).execute()
  children.push(spawnCatcher(testbed))
  await waitUntil('all names were asked about', async () => (await asked()).length === names.length)
  expect(await targets()).toEqual([])
})

test('a registry that tells nothing of others’ names is not asked about them again', async () => {
  await dropBatch({ infoOfOthers: 'refused' })
  await expectCaught()
  expect(await asked()).toEqual([])
  // The two names before their drop, and one more at the most.
  expect((await violationsOf(testbed))['infoOfOthers']).toBeLessThanOrEqual(3)
})
