import type { ChildProcess } from 'node:child_process'
import { placeBackorder } from '@droplock/core/backorders/place'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { killHard, spawnCatcher, spawnWorker } from './support/process.ts'
import { confirmed, publishSnapshot, readAnswers, readName, refundsOf } from './support/suspects.ts'
import { startTestbed, type Testbed } from './support/testbed.ts'

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
