import type { ChildProcess } from 'node:child_process'
import { addYears } from '@droplock/rules/schedule/local-time'
import { expect, test } from 'vitest'
import { killHard, spawnCatcher } from './support/process.ts'
import {
  catchAll,
  decided,
  exDateOf,
  readRenewal,
  refundsOf,
  renewFor,
  renewsOf,
} from './support/renewals.ts'
import { startTestbed, type Testbed } from './support/testbed.ts'
import { waitUntil } from './support/wait-until.ts'

const MS_MAX = 180_000

/**
 * When the catcher is killed: a renew is recorded and stalled at the registry; it is done and its answer is stalled; it is
 * done and its answer is lost.
 */
const moments = [
  { kind: 'stall_before_commit', done: false },
  { kind: 'stall_after_commit', done: true },
  { kind: 'cut_after_commit', done: true },
] as const

/** How often at each moment. */
const KILLS = 2

async function killIn(
  testbed: Testbed,
  catcher: ChildProcess,
  name: string,
  moment: (typeof moments)[number],
): Promise<ChildProcess> {
  const before = exDateOf(testbed, name)
  await testbed.post('faults', { kind: moment.kind, commands: ['renew'], names: [name], count: 1 })
  const id = await renewFor(testbed, name)
  await waitUntil(`${name} is ${moment.kind}`, async () => {
    if (moment.done) return (await renewsOf(testbed, name)).length === 1
    return (await readRenewal(testbed, id)).request === 'sent'
  })
  await killHard(catcher)
  const successor = spawnCatcher(testbed)
  const renewed = await decided(testbed, id)
  expect(`${name} ${renewed.state}`).toBe(`${name} successful`)
  expect(renewed.new_expires_at).toEqual(addYears(before, 1))
  expect(exDateOf(testbed, name)).toEqual(addYears(before, 1))
  expect(await renewsOf(testbed, name)).toHaveLength(1)
  expect(await refundsOf(testbed, id)).toBe(0)
  return successor
}

test('a renewal during which the catcher is killed is done once and never refunded', {
  timeout: MS_MAX,
}, async () => {
  const testbed = await startTestbed()
  let catcher = spawnCatcher(testbed)
  try {
    const kills = Array.from({ length: KILLS * moments.length }, (_, index) => `kill-${index}.test`)
    await catchAll(testbed, kills, 4_000)
    for (const [index, name] of kills.entries()) {
      const moment = moments[index % moments.length]
      if (moment !== undefined) catcher = await killIn(testbed, catcher, name, moment)
    }
  } finally {
    catcher.kill('SIGKILL')
    await testbed.end()
  }
})
