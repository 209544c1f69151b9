import { afterEach, expect, test } from 'vitest'
import { allDecided, isOpen, openAlarms, outcomes, proveMoney } from './support/outcomes.ts'
import { endGently, problemsOf, type Served, spawnServed } from './support/process.ts'
import { ACCOUNT, startTestbed, type Testbed } from './support/testbed.ts'
import { waitUntil } from './support/wait-until.ts'

const MS_MAX = 120_000
const BUDGET = 5
const DAY_MS = 86_400_000

let testbed: Testbed
let served: Served
afterEach(async () => {
  served.child.kill('SIGKILL')
  await testbed.end()
})

/** An order for a name that drops in a second, at an account whose budget is used up and has room again in `freeInMs`. */
async function startSpent(freeInMs: number): Promise<void> {
  testbed = await startTestbed()
  // The alarm ends with the budget's exhaustion, so the page is opened before it begins.
  await testbed.today()
  const { db } = testbed.clone
  await testbed.order([{ name: 'ours.test', kind: 'normal', rivals: [] }], 1_000)
  await db.updateTable('registry_account').set({ failed_creates_per_day_max: BUDGET }).execute()
  const { id } = await db.selectFrom('catch_target').select('id').executeTakeFirstOrThrow()
  const sentAt = new Date(Date.now() - DAY_MS + freeInMs)
  await db
    .insertInto('catch_attempt')
    .values(
      Array.from({ length: BUDGET }, (_, n) => ({
        cltrid: `earlier-${n}`,
        target_id: id,
        registry_account_id: ACCOUNT,
        command: 'create',
        sent_at: sentAt,
        outcome: 'answered',
        code: 2302,
      })),
    )
    .execute()
  served = await spawnServed(testbed)
}

const isReleased = async () => {
  const truth = testbed.simulator.truth('sim').find(({ name }) => name === 'ours.test')
  return truth?.releasedAt != null && Date.parse(truth.releasedAt) + 500 < Date.now()
}

test('with a used-up budget a catcher creates nothing, reports so in its readiness and as an alarm, and ends on SIGTERM', {
  timeout: MS_MAX,
}, async () => {
  await startSpent(3_600_000)
  await waitUntil('the alarm is raised', isOpen(testbed, 'creates_exhausted'))
  expect(await openAlarms(testbed)).toEqual([`creates_exhausted ${ACCOUNT}`])
  await waitUntil('the name is free', isReleased)
  await waitUntil('its readiness reports only this', async () => {
    const problems = await problemsOf(served)
    return problems.length === 1 && problems[0] === 'creates_exhausted'
  })
  expect((await served.ready())?.status).toBe(503)
  expect(testbed.simulator.truth('sim')[0]?.arrivals).toEqual([])
  expect(await endGently(served.child)).toBe(0)
})

test('when a used-up budget has room again, the name is caught and the alarm is cleared', {
  timeout: MS_MAX,
}, async () => {
  await startSpent(20_000)
  await waitUntil('the alarm is raised', isOpen(testbed, 'creates_exhausted'))
  await waitUntil('all is decided', () => allDecided(testbed))
  expect(await outcomes(testbed)).toEqual({ 'ours.test': 'successful' })
  await waitUntil('the alarm is over', async () => (await openAlarms(testbed)).length === 0)
  await waitUntil('it is ready', async () => (await served.ready())?.status === 200)
  await proveMoney(testbed)
  expect(await endGently(served.child)).toBe(0)
})
