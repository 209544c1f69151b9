import type { ChildProcess } from 'node:child_process'
import { asService } from '@droplock/core/context'
import { requestPasswordChange } from '@droplock/core/password-changes/request'
import { afterEach, expect, test } from 'vitest'
import type { RegistryOptions } from '../../registry-sim/src/registry/settings.ts'
import { allDecided, openAlarms, outcomes, violationsOf } from './support/outcomes.ts'
import { credentialsOf, endGently, killHard, spawnCatcher } from './support/process.ts'
import { ACCOUNT, PASSWORD, SESSIONS_MAX, startTestbed, type Testbed } from './support/testbed.ts'
import { waitUntil } from './support/wait-until.ts'

const NEXT = 'next-secret-2'
/** More than 16 characters are sent by loginSec (RFC 8807). */
const LONG = 'a password of 39 characters, with & < >'

let testbed: Testbed
let catcher: ChildProcess | undefined

afterEach(async () => {
  catcher?.kill('SIGKILL')
  catcher = undefined
  await testbed.end()
})

async function start(next: string, options: Partial<RegistryOptions> = {}): Promise<void> {
  testbed = await startTestbed({
    accounts: [{ clid: 'droplock', password: PASSWORD }],
    rivals: [],
    ...options,
  })
  catcher = spawnCatcher(testbed, credentialsOf(testbed, PASSWORD, {}, ACCOUNT, { '2027': next }))
  await waitUntil('it has all its sessions', async () => {
    const answer = await fetch(`${testbed.simulator.control}/registries/sim/violations`)
    const { accounts } = (await answer.json()) as { accounts: readonly { readonly sessions: number }[] }
    return accounts[0]?.sessions === SESSIONS_MAX
  })
}

function request(): Promise<void> {
  const change = { registryAccountId: ACCOUNT, passwordName: '2027', reason: 'it expires' }
  return requestPasswordChange(asService(testbed.buyer), change)
}

async function readChange() {
  return testbed.clone.db
    .selectFrom('password_change')
    .innerJoin('registry_account', 'registry_account.id', 'registry_account_id')
    .select(['state', 'answer_code', 'attempts', 'password_name'])
    .executeTakeFirstOrThrow()
}

const isDecided = async () => !['requested', 'sent'].includes((await readChange()).state)

/** The catcher goes on with whatever password is in force. */
async function catchName(): Promise<void> {
  await testbed.order([{ name: 'ours.test', kind: 'normal', rivals: [] }], 3_000)
  await waitUntil('the name is decided', () => allDecided(testbed))
  expect(await outcomes(testbed)).toEqual({ 'ours.test': 'successful' })
}

test.each([
  ['of 13 characters', NEXT, ['rgp', 'fee']],
  ['of 39 characters, by loginSec', LONG, ['rgp', 'fee', 'loginSec']],
] as const)(
  'a requested password %s is changed by the catcher, which then catches with it',
  async (_, next, extensions) => {
    await start(next, { extensions: [...extensions] })
    await request()
    await waitUntil('the change is decided', isDecided)
    expect(await readChange()).toMatchObject({ state: 'succeeded', attempts: 1, password_name: '2027' })
    await catchName()
    expect(await violationsOf(testbed)).toMatchObject({ login: 0, sessions: 0 })
    if (catcher !== undefined) expect(await endGently(catcher)).toBe(0)
  },
)

test.each([
  ['after the registry changed it', 'cut_after_commit', { attempts: 1 }, 0],
  ['before the registry read it', 'cut_before_commit', { attempts: 2 }, 1],
] as const)(
  'a connection that dies %s leaves no doubt, with one wrong login at most',
  async (_, kind, found, wrong) => {
    await start(NEXT)
    await testbed.post('faults', { kind, on: 'any', commands: ['login'], count: 1 })
    await request()
    await waitUntil('the change is decided', isDecided)
    expect(await readChange()).toMatchObject({ state: 'succeeded', password_name: '2027', ...found })
    await catchName()
    expect(await violationsOf(testbed)).toMatchObject({ login: wrong })
    expect(await openAlarms(testbed)).toEqual([])
  },
)

test('a password that the registry refuses is not in use, and the catcher goes on with the old one', async () => {
  await start('x'.repeat(70), { extensions: ['rgp', 'fee', 'loginSec'] })
  await request()
  await waitUntil('the change is decided', isDecided)
  expect(await readChange()).toMatchObject({ state: 'failed', answer_code: 2004, password_name: null })
  await catchName()
})

test('a catcher that takes over while a name drops changes no password until the name is decided', async () => {
  await start(NEXT)
  await testbed.order([{ name: 'ours.test', kind: 'normal', rivals: [] }], 6_000)
  if (catcher !== undefined) await killHard(catcher)
  await request()
  catcher = spawnCatcher(testbed, credentialsOf(testbed, PASSWORD, {}, ACCOUNT, { '2027': NEXT }))
  const statesBefore = new Set<string>()
  await waitUntil('the name is decided', async () => {
    const { state } = await readChange()
    const isOver = await allDecided(testbed)
    if (!isOver) statesBefore.add(state)
    return isOver
  })
  expect([...statesBefore]).toEqual(['requested'])
  expect(await outcomes(testbed)).toEqual({ 'ours.test': 'successful' })
  await waitUntil('the change is decided', isDecided)
  expect(await readChange()).toMatchObject({ state: 'succeeded', password_name: '2027' })
})
