import type { ChildProcess } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { listConnectionTests } from '@droplock/core/connection-tests/read'
import { requestConnectionTest } from '@droplock/core/connection-tests/request'
import { asService } from '@droplock/core/context'
import { afterEach, expect, test } from 'vitest'
import { startSimulator } from '../../registry-sim/src/start-simulator.ts'
import { allDecided, isOpen, openAlarms, outcomes, violationsOf } from './support/outcomes.ts'
import { credentialsOf, endGently, spawnCatcher } from './support/process.ts'
import { ACCOUNT, PASSWORD, SESSIONS_MAX, startTestbed, type Testbed } from './support/testbed.ts'
import { waitUntil } from './support/wait-until.ts'

const MS_MAX = 120_000

let testbed: Testbed
let catcher: ChildProcess | undefined

afterEach(async () => {
  catcher?.kill('SIGKILL')
  catcher = undefined
  await testbed.end()
})

const start = async () => {
  testbed = await startTestbed({ accounts: [{ clid: 'droplock', password: PASSWORD }], rivals: [] })
}

const request = () => requestConnectionTest(asService(testbed.buyer), ACCOUNT)

async function readTest() {
  const { items } = await listConnectionTests(asService(testbed.buyer), {
    offset: 0,
    limit: 1,
    registryAccountId: ACCOUNT,
  })
  return items[0]
}

const isDecided = async () => !['requested', 'running'].includes((await readTest())?.state ?? 'requested')

async function sessionsOpen(): Promise<number | undefined> {
  const answer = await fetch(`${testbed.simulator.control}/registries/sim/violations`)
  const { accounts } = (await answer.json()) as { accounts: readonly { readonly sessions: number }[] }
  return accounts[0]?.sessions
}

test('the catcher that drives an account tests its connection within its limits, and goes on with it', {
  timeout: MS_MAX,
}, async () => {
  await start()
  catcher = spawnCatcher(testbed)
  await waitUntil('it has all its sessions', async () => (await sessionsOpen()) === SESSIONS_MAX)
  await request()
  await expect(request()).rejects.toMatchObject({ code: 'connection_test_open' })
  await waitUntil('the test is decided', isDecided)
  const { state, step, message, answerCode, findings } = (await readTest()) ?? {}
  expect({ state, step, message, answerCode }).toEqual({
    state: 'succeeded',
    step: null,
    message: null,
    answerCode: null,
  })
  expect(findings?.steps?.map((each) => each.step)).toEqual(['connect', 'greeting', 'login', 'hello'])
  expect(findings?.hosts).toEqual([expect.not.objectContaining({ failure: expect.anything() })])
  expect(findings?.greeting?.objects).toContain('urn:ietf:params:xml:ns:domain-1.0')
  expect(Date.parse(findings?.certificate?.expiresAt ?? '')).toBeGreaterThan(Date.now())
  expect(Math.abs(findings?.clock?.offsetMs ?? Infinity)).toBeLessThan(1_000)
  expect(JSON.stringify(findings)).not.toContain(PASSWORD)
  await testbed.order([{ name: 'ours.test', kind: 'normal', rivals: [] }], 3_000)
  await expect(request()).rejects.toMatchObject({ code: 'drop_too_near' })
  await waitUntil('the name is decided', () => allDecided(testbed))
  expect(await outcomes(testbed)).toEqual({ 'ours.test': 'successful' })
  expect(await violationsOf(testbed)).toMatchObject({ login: 0, sessions: 0 })
  expect(await endGently(catcher)).toBe(0)
})

test('with a wrong password each test sends one login, and says what the registry answered', {
  timeout: MS_MAX,
}, async () => {
  await start()
  const wrong = 'not-the-secret-9'
  catcher = spawnCatcher(testbed, credentialsOf(testbed, wrong))
  await waitUntil('the login was refused', isOpen(testbed, 'login_refused'))
  expect(await violationsOf(testbed)).toMatchObject({ login: 1 })
  await request()
  await waitUntil('the test is decided', isDecided)
  const found = await readTest()
  expect(found).toMatchObject({ state: 'failed', step: 'login', answerCode: 2200 })
  expect(found?.findings.greeting?.serverName).not.toBe('')
  expect(JSON.stringify(found)).not.toContain(wrong)
  expect(await violationsOf(testbed)).toMatchObject({ login: 2 })
  expect(await openAlarms(testbed)).toEqual([`login_refused ${ACCOUNT}`])
})

test('a registry that does not answer is unreachable, and is driven again once it does', {
  timeout: MS_MAX,
}, async () => {
  await start()
  const { port } = await testbed.clone.db.selectFrom('registry_host').select('port').executeTakeFirstOrThrow()
  const moveTo = (to: number) => testbed.clone.db.updateTable('registry_host').set({ port: to }).execute()
  // Nothing listens at the discard port.
  await moveTo(9)
  catcher = spawnCatcher(testbed)
  await request()
  await waitUntil('the test is decided', isDecided)
  const found = await readTest()
  expect(found).toMatchObject({ state: 'failed', step: 'connect', answerCode: null })
  expect(found?.findings.hosts).toMatchObject([{ port: 9, failure: 'unreachable' }])
  await moveTo(port)
  await request()
  await waitUntil('it succeeds', async () => (await readTest())?.state === 'succeeded')
  await waitUntil('it has all its sessions', async () => (await sessionsOpen()) === SESSIONS_MAX)
})

test('a certificate that our authorities do not vouch for is refused, and no password is sent', {
  timeout: MS_MAX,
}, async () => {
  await start()
  const stranger = await startSimulator({
    registries: [{ id: 'other', release: 'exact', zones: ['other'] }],
  })
  const caFile = join(testbed.folder, 'stranger.pem')
  writeFileSync(caFile, stranger.registries[0]?.ca ?? '')
  const credentials = { [ACCOUNT]: { password: PASSWORD, caFile } }
  catcher = spawnCatcher(testbed, { DROPLOCK_EPP_CREDENTIALS: JSON.stringify(credentials) })
  await request()
  await waitUntil('the test is decided', isDecided)
  const found = await readTest()
  expect(found).toMatchObject({ state: 'failed', step: 'connect', answerCode: null })
  expect(found?.findings.hosts).toMatchObject([{ failure: 'certificate_refused' }])
  expect(await violationsOf(testbed)).toMatchObject({ login: 0 })
  await stranger.stop()
})

test('without the password that an account names the test says which one is missing', {
  timeout: MS_MAX,
}, async () => {
  await start()
  await testbed.clone.db.updateTable('registry_account').set({ password_name: '2027' }).execute()
  catcher = spawnCatcher(testbed)
  await request()
  await waitUntil('the test is decided', isDecided)
  expect(await readTest()).toMatchObject({
    state: 'failed',
    step: 'credentials',
    message: expect.stringContaining('no password 2027'),
  })
})

test('a test that no catcher takes within a minute is unanswered, and another can be requested', async () => {
  await start()
  await request()
  const { db } = testbed.clone
  await db
    .updateTable('connection_test')
    .set({ requested_at: new Date(Date.now() - 61_000) })
    .execute()
  expect(await readTest()).toMatchObject({ state: 'unanswered', findings: {} })
  await request()
  expect(await readTest()).toMatchObject({ state: 'requested' })
  const rows = await db.selectFrom('connection_test').select('state').orderBy('requested_at').execute()
  expect(rows.map(({ state }) => state)).toEqual(['unanswered', 'requested'])
})
