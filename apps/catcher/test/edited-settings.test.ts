import type { ChildProcess } from 'node:child_process'
import { asService } from '@droplock/core/context'
import { getRegistryDefinition } from '@droplock/core/registries/definition'
import { editRegistry } from '@droplock/core/registries/edit'
import { readAccountStatuses } from '@droplock/core/registry-status/read'
import { afterEach, expect, test } from 'vitest'
import { allDecided, openAlarms, outcomes, violationsOf } from './support/outcomes.ts'
import { endGently, LEASE, spawnCatcher } from './support/process.ts'
import {
  ACCOUNT,
  COMMANDS_PER_SECOND_MAX,
  SESSIONS_MAX,
  startTestbed,
  type Testbed,
} from './support/testbed.ts'
import { waitUntil } from './support/wait-until.ts'

const MS_MAX = 120_000

let testbed: Testbed
let catcher: ChildProcess | undefined

afterEach(async () => {
  catcher?.kill('SIGKILL')
  catcher = undefined
  await testbed.end()
})

const registry = () => getRegistryDefinition(asService(testbed.buyer), 'sim')

async function edit(limits: { readonly sessionsMax: number }): Promise<number> {
  const { version } = await registry()
  const account = { id: ACCOUNT, limits: { commandsPerSecondMax: COMMANDS_PER_SECOND_MAX, ...limits } }
  await editRegistry(asService(testbed.buyer), { id: 'sim', version, reason: 'another contract', account })
  return (await registry()).version
}

async function status() {
  const [account] = await readAccountStatuses(testbed.buyer)
  return { version: account?.settingsVersion, ...account?.sessions }
}

test('a running catcher takes over edited limits within seconds, and reports the version by which it drives', {
  timeout: MS_MAX,
}, async () => {
  testbed = await startTestbed({ rivals: [] })
  catcher = spawnCatcher(testbed, LEASE)
  const { version } = await registry()
  const driven = { version, open: SESSIONS_MAX, allowed: SESSIONS_MAX }
  await waitUntil('it has all its sessions', async () => (await status()).open === SESSIONS_MAX)
  expect(await status()).toEqual(driven)
  const next = await edit({ sessionsMax: 2 })
  await waitUntil('it has the sessions of the edit', async () => (await status()).open === 2)
  expect(await status()).toEqual({ version: next, open: 2, allowed: 2 })
  expect(await violationsOf(testbed)).toMatchObject({ sessions: 0, login: 0 })
  expect(await openAlarms(testbed)).toEqual([])
  expect(await endGently(catcher)).toBe(0)
})

test('an edit during a drop is taken over when the name is decided, and costs no name', {
  timeout: MS_MAX,
}, async () => {
  testbed = await startTestbed({ rivals: [] })
  catcher = spawnCatcher(testbed, LEASE)
  await waitUntil('it has all its sessions', async () => (await status()).open === SESSIONS_MAX)
  await testbed.order([{ name: 'ours.test', kind: 'normal', rivals: [] }], 6_000)
  const next = await edit({ sessionsMax: 2 })
  const before = new Set<number | null | undefined>()
  await waitUntil('the name is decided', async () => {
    const { version } = await status()
    const isOver = await allDecided(testbed)
    if (!isOver) before.add(version)
    return isOver
  })
  expect([...before]).toEqual([next - 1])
  expect(await outcomes(testbed)).toEqual({ 'ours.test': 'successful' })
  await waitUntil('it has the sessions of the edit', async () => (await status()).open === 2)
  expect(await status()).toEqual({ version: next, open: 2, allowed: 2 })
})
