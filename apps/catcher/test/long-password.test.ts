import { expect, test } from 'vitest'
import { isOpen, openAlarms } from './support/outcomes.ts'
import { credentialsOf, endGently, spawnCatcher } from './support/process.ts'
import { PASSWORD, startTestbed } from './support/testbed.ts'
import { waitUntil } from './support/wait-until.ts'

/** RFC 5730 takes 16 characters at most; more go by loginSec (RFC 8807). */
const LONG_PASSWORD = 'a password of 39 characters, with & < >'

test('a catcher whose password is longer than 16 characters logs in by loginSec, and catches', async () => {
  const accounts = [{ clid: 'droplock', password: LONG_PASSWORD }]
  const testbed = await startTestbed({
    accounts,
    extensions: ['rgp', 'fee', 'loginSec'],
    rivals: [],
    ownShare: 0,
  })
  const catcher = spawnCatcher(testbed, credentialsOf(testbed, LONG_PASSWORD))
  try {
    await testbed.order([{ name: 'long.test', kind: 'normal', rivals: [] }], 1_500)
    await waitUntil('the name is ours', () => {
      const [truth] = testbed.simulator.truth('sim')
      return Promise.resolve(truth?.winner?.clID === 'droplock')
    })
  } finally {
    expect(await endGently(catcher)).toBe(0)
    await testbed.end()
  }
})

test('a password that the registry cannot take is an alarm although no name drops, until the catcher has another', async () => {
  const accounts = [{ clid: 'droplock', password: PASSWORD }]
  const testbed = await startTestbed({ accounts, extensions: ['rgp', 'fee'], rivals: [] })
  const soon = { DROPLOCK_UNCONNECTED_MS_MAX: '1' }
  const refused = spawnCatcher(testbed, { ...credentialsOf(testbed, LONG_PASSWORD), ...soon })
  try {
    await waitUntil('the alarm is raised', isOpen(testbed, 'account_not_ready'))
    const [alarm] = await (await testbed.today()).alarms()
    expect(alarm?.facts).toMatchObject({ detail: expect.stringContaining('loginSec') })
    expect(await endGently(refused)).toBe(0)
    const catcher = spawnCatcher(testbed, { ...credentialsOf(testbed), ...soon })
    await waitUntil('the alarm is over', async () => (await openAlarms(testbed)).length === 0)
    expect(await endGently(catcher)).toBe(0)
  } finally {
    refused.kill('SIGKILL')
    await testbed.end()
  }
})
