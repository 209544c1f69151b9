import type { ChildProcess } from 'node:child_process'
import { infoDomain } from '@droplock/epp/commands/domain'
import { afterEach, expect, test } from 'vitest'
import { openAlarms } from './support/outcomes.ts'
import { endGently, spawnCatcher, spawnGateway } from './support/process.ts'
import { connectRival, registrationOf } from './support/registrations.ts'
import { catchAll } from './support/renewals.ts'
import { givenReseller } from './support/reseller.ts'
import { AUTH_CODE_SECRET as OLD, startTestbed, type Testbed } from './support/testbed.ts'
import { waitUntil } from './support/wait-until.ts'

const NEXT = 'the next secret of more than thirty-two characters'
const NAMES = ['before.test', 'during.test', 'after.test'] as const

let testbed: Testbed
const running = new Set<ChildProcess>()
afterEach(async () => {
  for (const child of running) child.kill('SIGKILL')
  running.clear()
  await testbed.end()
})

const withKeys = (...keys: readonly string[]) => ({ DROPLOCK_AUTH_CODE_SECRET: keys.join(',') })

function catcherWith(...keys: readonly string[]): ChildProcess {
  const child = spawnCatcher(testbed, withKeys(...keys))
  running.add(child)
  return child
}

/** A gateway of these keys, as a reseller reaches it. */
async function gatewayWith(...keys: readonly string[]) {
  const { child, url } = await spawnGateway(testbed, withKeys(...keys))
  running.add(child)
  return givenReseller(testbed, url)
}

test('the secret of auth codes is changed while gateway and catcher run: every code that was set is shown, and is the one at the registry', {
  timeout: 240_000,
}, async () => {
  testbed = await startTestbed({ ownShare: 0 })
  let catcher = catcherWith(OLD)
  await catchAll(testbed, NAMES, 3_000)
  const [before, during, after] = NAMES
  const [first, knows, uses, tooEarly] = await Promise.all([
    gatewayWith(OLD),
    gatewayWith(OLD, NEXT),
    gatewayWith(NEXT, OLD),
    gatewayWith(NEXT),
  ])
  const request = async (name: string, { carryOut } = first) => {
    const { id } = await registrationOf(testbed, name)
    const done = await carryOut('POST', `/v1/registrations/${id}/auth-code`, 'registration-requests')
    return `/v1/registration-requests/${done['id']}/auth-code`
  }
  const rival = await connectRival(testbed)
  let sent = 0
  const expectShown = async (name: string, path: string, { call }: typeof first) => {
    const { auth_code: code } = await call('POST', path)
    expect(await rival.send(infoDomain(name, String(code)), `rival-${(sent += 1)}`)).toMatchObject({
      code: 1000,
    })
  }
  const ofBefore = await request(before)
  const ofDuring = await request(during)

  // The gateway learns the next one first, then the catcher uses it.
  expect(await endGently(catcher)).toBe(0)
  catcher = catcherWith(NEXT, OLD)
  const ofAfter = await request(after, knows)
  await expectShown(before, ofBefore, knows)
  await expectShown(after, ofAfter, uses)

  // Too early: the code cannot be shown, is not lost, and the catcher says which setting lacks a key.
  await expect(tooEarly.call('POST', ofDuring)).rejects.toThrow(/auth_code_unavailable/)
  expect(await endGently(catcher)).toBe(0)
  catcher = catcherWith(NEXT)
  const missing = 'secret_key_missing DROPLOCK_AUTH_CODE_SECRET'
  await waitUntil('the alarm', async () => (await openAlarms(testbed)).includes(missing))
  await expectShown(during, ofDuring, uses)
  await rival.close()
})
