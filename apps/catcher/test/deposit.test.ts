import { proveLedger } from '@droplock/core/ledger/prove'
import { createLogger } from '@droplock/observability/logger'
import { UNAVAILABLE_MS_MAX } from '@droplock/rules/renewals'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startCatcher } from './support/drive.ts'
import { catchAll, decided, hurry, readRenewal, refundsOf, renewFor, renewsOf } from './support/renewals.ts'
import { PASSWORD, startTestbed, type Testbed } from './support/testbed.ts'
import { waitUntil } from './support/wait-until.ts'

const NAME = 'poor.test'

/** The simulator's fee for one year of a name. */
const FEE_MINOR = 800

/** A registry at which our deposit is enough for exactly one name. */
let testbed: Testbed
let stopCatcher: () => Promise<void>
const lines: string[] = []
beforeAll(async () => {
  testbed = await startTestbed({
    accounts: [{ clid: 'droplock', password: PASSWORD, depositMinor: FEE_MINOR }],
    rivals: [],
  })
  const destination = { write: (line: string) => void lines.push(line) }
  const log = createLogger({ app: 'catcher', level: 'error', pretty: false, destination })
  stopCatcher = startCatcher(testbed, log)
  await catchAll(testbed, [NAME])
})
afterAll(async () => {
  await stopCatcher()
  await testbed.end()
})

const alarms = () => lines.filter((line) => line.includes('"alarm":"deposit_empty"')).length

/** Waits until it was tried again this often, each time with an alarm. */
async function triedAgain(id: string, times: number): Promise<void> {
  const before = { attempts: (await readRenewal(testbed, id)).attempts, alarms: alarms() }
  await waitUntil('it was tried again', async () => {
    await hurry(testbed)
    return (await readRenewal(testbed, id)).attempts >= before.attempts + times
  })
  expect(alarms()).toBeGreaterThanOrEqual(before.alarms + times)
}

/** The open alarms by the console's API. */
async function openAlarms() {
  const open = await (await testbed.today()).alarms()
  return open.filter(({ kind }) => kind === 'deposit_empty')
}

async function paidAgo(id: string, ms: number): Promise<void> {
  const paidAt = new Date(Date.now() - ms)
  await testbed.clone.db.updateTable('renewal').set({ paid_at: paidAt }).where('id', '=', id).execute()
}

test('with an empty deposit a renewal waits, with an alarm, until the deposit is filled, and is done once', async () => {
  const id = await renewFor(testbed, NAME)
  await triedAgain(id, 2)
  await paidAgo(id, UNAVAILABLE_MS_MAX - 600_000)
  await triedAgain(id, 2)
  expect(await readRenewal(testbed, id)).toMatchObject({
    state: 'renewing',
    request: 'waiting',
    answer_code: 2104,
    failure_reason: null,
  })
  expect(await refundsOf(testbed, id)).toBe(0)
  expect(await renewsOf(testbed, NAME)).toEqual([])
  await waitUntil('people can see it', async () => (await openAlarms()).length === 1)

  await testbed.post('deposits', { clid: 'droplock', minor: FEE_MINOR })

  expect(await decided(testbed, id)).toMatchObject({ state: 'successful', answer_code: 1000 })
  expect(await renewsOf(testbed, NAME)).toHaveLength(1)
  expect(await refundsOf(testbed, id)).toBe(0)
  await waitUntil('the alarm is closed', async () => (await openAlarms()).length === 0)
})

test('when the deposit is not filled in time the renewal fails as unavailable and is refunded once', async () => {
  const id = await renewFor(testbed, NAME)
  await triedAgain(id, 1)
  await paidAgo(id, UNAVAILABLE_MS_MAX)
  expect(await decided(testbed, id)).toMatchObject({ state: 'failed', failure_reason: 'unavailable' })
  expect(await refundsOf(testbed, id)).toBe(1)
  expect(await renewsOf(testbed, NAME)).toHaveLength(1)
  expect(await proveLedger(testbed.clone.db)).toMatchObject({
    ledgerSumMinor: { USD: 0n },
    escrowMinor: { USD: 0n },
    escrowDifferenceMinor: { USD: 0n },
    unrefundedFailures: 0,
  })
})
