import { listBackorders } from '@droplock/core/backorders/list'
import { afterEach, expect, test } from 'vitest'
import { endGently, type Served, spawnServed } from './support/process.ts'
import { startTestbed, type Testbed } from './support/testbed.ts'
import { waitUntil } from './support/wait-until.ts'

let testbed: Testbed
let catcher: Served | undefined

afterEach(async () => {
  if (catcher !== undefined) await endGently(catcher.child)
  catcher = undefined
  await testbed.end()
})

/** Two days of grace in a minute: two seconds at the pace of the window, then one probe of a name in two seconds. */
const grace = {
  lateSeconds: 1,
  graceSeconds: 60,
  graceFullSeconds: 2,
  graceProbeSeconds: 2,
  graceSharePercent: 10,
}
const PROBE_MS = 2_000

/** How long after its window the registry releases the name. */
const LATE_MS = 12_000

async function dropLate(): Promise<void> {
  await testbed.order([{ name: 'late.test', kind: 'normal', rivals: [] }], LATE_MS)
  const { db } = testbed.clone
  const now = Date.now()
  const window = { drop_from: new Date(now), drop_to: new Date(now + 1_000) }
  await db.updateTable('listing').set(window).execute()
  await db
    .updateTable('catch_target')
    .set({ ...window, grace_until: new Date(now + 60_000) })
    .execute()
  catcher = await spawnServed(testbed)
  await waitUntil('the name is registered', async () => {
    const { items } = await listBackorders(testbed.buyer, { limit: 1 })
    return items[0]?.state === 'successful'
  })
}

/** The creates and `info` commands that were sent in the slow part of the grace. */
async function probes(): Promise<Readonly<Record<string, readonly Date[]>>> {
  const { db } = testbed.clone
  const { drop_to } = await db.selectFrom('catch_target').select('drop_to').executeTakeFirstOrThrow()
  const slowFrom = drop_to.getTime() + 1_000 * grace.graceFullSeconds
  const attempts = await db
    .selectFrom('catch_attempt')
    .select(['command', 'sent_at'])
    .orderBy('sent_at')
    .execute()
  const slow = attempts.filter(({ sent_at }) => sent_at.getTime() > slowFrom)
  const of = (command: string) =>
    slow.filter((each) => each.command === command).map(({ sent_at }) => sent_at)
  return { create: of('create'), info: of('info') }
}

/** The times lie at least a probe's pause apart, but for the create that follows a name that was seen free. */
function isPaced(times: readonly Date[]): boolean {
  return times.every(
    (at, index) => index === 0 || at.getTime() - (times[index - 1]?.getTime() ?? 0) >= PROBE_MS - 50,
  )
}

test('a name that is released long after its window is caught by a slow probe', async () => {
  testbed = await startTestbed({}, grace)
  await dropLate()
  const { create = [], info = [] } = await probes()
  expect(create.length + info.length).toBeLessThanOrEqual(LATE_MS / PROBE_MS + 2)
  // One that is sent as the slow part begins may be counted on either side, and one that was not sent is counted too.
  expect(await countedProbes()).toBeGreaterThanOrEqual(create.length + info.length - 1)
  expect(isPaced([...create, ...info].toSorted((one, other) => +one - +other).slice(0, -1))).toBe(true)
})

/** How many probes the process counts in its metrics. */
async function countedProbes(): Promise<number> {
  const text = await (await fetch(`${catcher?.url}/metrics`)).text()
  const lines = text.split('\n').filter((line) => line.startsWith('droplock_catcher_probes_total{'))
  return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0)
}

test('where creates have a budget, its share is kept: the name is asked about, and created when it is free', async () => {
  const limits = { sessionsMax: 4, commandsPerSecondMax: 40, failedCreatesPerDayMax: 400 }
  testbed = await startTestbed({}, grace, { limits })
  await dropLate()
  const { create = [] } = await probes()
  // The one that registered it; a tenth of the budget would be one create in 36 minutes.
  expect(create).toHaveLength(1)
})
