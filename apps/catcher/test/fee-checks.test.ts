import type { ChildProcess } from 'node:child_process'
import { placeBackorder } from '@droplock/core/backorders/place'
import { asService } from '@droplock/core/context'
import { listFeeAnswers } from '@droplock/core/fee-checks/read'
import { afterEach, expect, test } from 'vitest'
import { killHard, spawnCatcher, spawnWorker } from './support/process.ts'
import { publishSnapshot } from './support/suspects.ts'
import { startTestbed, type Testbed } from './support/testbed.ts'
import { waitUntil } from './support/wait-until.ts'

// Worker, catcher and simulated registry, as they are run.

/** Long enough that the check before the cut-off is not due yet. */
const LEAD_MS = 7_200_000

/** The registry shows what is premium before the drop. */
const shown = { fee: { premiumBeforePurge: true } }

let testbed: Testbed
const running: ChildProcess[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map(killHard))
  await testbed.end()
})

function start(): void {
  running.push(
    spawnWorker(testbed, { DROPLOCK_IDLE_MS: '500', DROPLOCK_FEE_CHECKS_MS: '50' }),
    spawnCatcher(testbed),
  )
}

type Kind = 'normal' | 'premium'

async function given(names: readonly { readonly name: string; readonly kind: Kind }[]): Promise<void> {
  const purgeAt = new Date(Date.now() + LEAD_MS)
  await publishSnapshot(
    testbed,
    names.map(({ name }) => name),
    purgeAt,
  )
  const seeded = names.map((each) => ({ ...each, rivals: [], purgeAt: purgeAt.toISOString() }))
  for (let from = 0; from < seeded.length; from += 100)
    await testbed.post('names', { names: seeded.slice(from, from + 100) })
}

const answers = () => testbed.clone.db.selectFrom('fee_answer').selectAll().execute()
const premiumNames = async () => {
  const rows = testbed.clone.db
    .selectFrom('listing')
    .select('name')
    .where('premium', '=', true)
    .orderBy('name')
  return (await rows.execute()).map(({ name }) => name)
}

test('names are asked about after their list was published: premium ones are flagged with evidence, and a holder is notified and keeps the order', async () => {
  testbed = await startTestbed(shown)
  await given([
    { name: 'gold.test', kind: 'premium' },
    { name: 'held.test', kind: 'premium' },
    { name: 'plain.test', kind: 'normal' },
  ])
  const { id } = await placeBackorder(testbed.buyer, { name: 'held.test', payment: 'balance' })
  start()
  await waitUntil('all are answered', async () => (await answers()).length === 3)
  expect(await premiumNames()).toEqual(['gold.test', 'held.test'])
  const flagged = (await answers()).find(({ verdict }) => verdict === 'premium')
  const ofFlagged = { listingId: flagged?.listing_id ?? '', offset: 0, limit: 10 }
  const { items } = await listFeeAnswers(asService(testbed.buyer), ofFlagged)
  expect(items).toMatchObject([{ verdict: 'premium', code: 1000, changed: true, currency: 'USD' }])
  expect(items[0]?.svTRID).not.toBeNull()
  expect(items[0]?.feeMinor).toBeGreaterThan(0n)
  await expect(
    placeBackorder(testbed.buyer, { name: 'gold.test', payment: 'balance' }),
  ).rejects.toMatchObject({
    code: 'name_premium',
  })
  const events = testbed.clone.db.selectFrom('event').select(['topic', 'subject_id'])
  expect(await events.where('topic', '=', 'backorder.premium_flagged').execute()).toEqual([
    { topic: 'backorder.premium_flagged', subject_id: id },
  ])
  const order = testbed.clone.db.selectFrom('backorder').select('state').where('id', '=', id)
  expect(await order.executeTakeFirst()).toEqual({ state: 'backordered' })
  const due = await testbed.clone.db.selectFrom('fee_check').select('try_after').execute()
  expect(due.every(({ try_after }) => try_after > new Date())).toBe(true)
})

test('a registry without the fee extension is asked nothing, and no flag changes', async () => {
  testbed = await startTestbed({ ...shown, extensions: ['rgp'] })
  await given([{ name: 'gold.test', kind: 'premium' }])
  start()
  await waitUntil('the check is due', async () => {
    const rows = await testbed.clone.db.selectFrom('fee_check').selectAll().execute()
    return rows.length === 1
  })
  await waitUntil('the catcher is there', async () => {
    const account = await testbed.clone.db
      .selectFrom('registry_account')
      .select('lease_owner')
      .executeTakeFirst()
    return account?.lease_owner !== null
  })
  expect(await answers()).toEqual([])
  expect(await premiumNames()).toEqual([])
})

test('a thousand names are asked about in batches, within the limits that the registry counts', {
  timeout: 120_000,
}, async () => {
  testbed = await startTestbed(shown, {}, { limits: { sessionsMax: 4, commandsPerSecondMax: 200 } })
  const names = Array.from({ length: 1_000 }, (_, index) => ({
    name: `name-${index}.test`,
    kind: index % 10 === 0 ? ('premium' as const) : ('normal' as const),
  }))
  await given(names)
  start()
  const count = async () => (await answers()).length
  await waitUntil('all are answered', async () => (await count()) >= names.length)
  expect(await count()).toBe(names.length)
  expect(await premiumNames()).toHaveLength(100)
  const commands = new Set((await answers()).map(({ cltrid }) => cltrid))
  expect(commands.size).toBe(Math.ceil(names.length / 9))
  const counted = await fetch(`${testbed.simulator.control}/registries/sim/violations`)
  expect(await counted.json()).toMatchObject({ accounts: [{ violations: { sessions: 0, rate: 0 } }, {}, {}] })
})

test('an answer that does not come, or that refuses, changes no flag and is asked for again', async () => {
  testbed = await startTestbed(shown)
  await given([{ name: 'gold.test', kind: 'premium' }])
  await testbed.post('faults', { kind: 'failed', commands: ['check'], count: 1 })
  start()
  await waitUntil('it was asked', async () => (await answers()).length === 1)
  expect(await answers()).toMatchObject([{ verdict: 'unknown', changed: false, fee_minor: null }])
  expect(await premiumNames()).toEqual([])
  const [due] = await testbed.clone.db.selectFrom('fee_check').select(['attempts', 'try_after']).execute()
  expect(due).toMatchObject({ attempts: 1 })
  await testbed.clone.db.updateTable('fee_check').set({ try_after: new Date() }).execute()
  await waitUntil('it was asked again', async () => (await answers()).length === 2)
  expect(await premiumNames()).toEqual(['gold.test'])
})
