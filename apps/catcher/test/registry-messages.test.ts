import type { ChildProcess } from 'node:child_process'
import { afterEach, expect, test } from 'vitest'
import { openAlarms } from './support/outcomes.ts'
import { endGently, spawnCatcher } from './support/process.ts'
import { ACCOUNT, startTestbed, type Testbed } from './support/testbed.ts'
import { waitUntil } from './support/wait-until.ts'

let testbed: Testbed
let catcher: ChildProcess | undefined

afterEach(async () => {
  catcher?.kill('SIGKILL')
  catcher = undefined
  await testbed.end()
})

test('messages of every kind are kept and acknowledged though nothing was applied for, and those that people must know are alarms', async () => {
  testbed = await startTestbed()
  await testbed.today()
  const from = new Date(Date.now() + 86_400_000)
  const to = new Date(from.getTime() + 3_600_000)
  const hours = { from: from.toISOString(), to: to.toISOString() }
  const messages = [
    { text: 'Low Account Balance (SRS)', notice: 'low_balance' },
    { text: 'Registry maintenance', notice: 'maintenance', ...hours },
    { text: 'Registry initiated update of domain.', notice: 'change' },
    { text: 'Season’s greetings' },
  ]
  for (const message of messages) await testbed.post('messages', { clid: 'droplock', ...message })
  catcher = spawnCatcher(testbed, { DROPLOCK_MESSAGES_MS: '500' })
  const { db } = testbed.clone
  const read = () =>
    db.selectFrom('registry_message').select(['kind', 'text']).orderBy('message_id').execute()
  await waitUntil('all are kept', async () => (await read()).length === messages.length)
  await waitUntil('all are acknowledged', async () => {
    const answer = await fetch(`${testbed.simulator.control}/registries/sim/violations`)
    const { accounts } = (await answer.json()) as { accounts: readonly { readonly messages: number }[] }
    return accounts[0]?.messages === 0
  })
  expect((await read()).map(({ kind }) => kind)).toEqual(['balance_low', 'maintenance', 'change', 'other'])
  expect(await openAlarms(testbed)).toEqual([
    `registry_balance_low ${ACCOUNT}`,
    expect.stringContaining(`registry_change ${ACCOUNT} `),
    expect.stringContaining(`registry_maintenance ${ACCOUNT} `),
  ])
  expect(await db.selectFrom('registry_maintenance').select(['starts_at', 'ends_at']).execute()).toEqual([
    { starts_at: from, ends_at: to },
  ])
  expect(await endGently(catcher)).toBe(0)
  catcher = undefined
})
