import type { ChildProcess } from 'node:child_process'
import { listBackorders } from '@droplock/core/backorders/list'
import { getDefaultContacts } from '@droplock/core/contacts/defaults'
import type { StaffContext } from '@droplock/core/context'
import type { Zone } from '@droplock/core/registries/define'
import { getToday } from '@droplock/core/today'
import { afterEach, expect, test } from 'vitest'
import type { RegistryOptions } from '../../registry-sim/src/registry/settings.ts'
import { givenOperator, setContacts } from './support/contacts.ts'
import { endGently, killHard, problemsOf, type Served, spawnServed } from './support/process.ts'
import { hurry } from './support/renewals.ts'
import { ACCOUNT, type DroppingName, startTestbed, type Testbed } from './support/testbed.ts'
import { waitUntil } from './support/wait-until.ts'

/** A registry that checks contacts and registers nothing without them. The catcher runs as a process. */
const thick: Partial<RegistryOptions> = {
  contacts: 'checked',
  registrantMissing: 2303,
  contactsWanted: ['admin', 'tech'],
}

/** A registry without contacts. */
const thin: Partial<RegistryOptions> = { contacts: 'none' }

const wanted: Partial<Zone> = { contactRoles: ['registrant', 'admin', 'tech'], graceSeconds: 60 }

const SOON_MS = 1_500
const DAY_MS = 86_400_000
const free = { kind: 'normal', priorClid: 'registrar-12', rivals: [] } as const
const name: DroppingName = { name: 'free.test', ...free }

let testbed: Testbed
let operator: StaffContext
let catcher: Served
let running: ChildProcess | undefined
afterEach(async () => {
  if (running !== undefined) await endGently(running)
  running = undefined
  await testbed.end()
})

async function open(settings: Partial<RegistryOptions>, zone: Partial<Zone>): Promise<void> {
  testbed = await startTestbed(settings, zone)
  operator = await givenOperator(testbed)
  await start()
}

async function start(): Promise<void> {
  catcher = await spawnServed(testbed, { DROPLOCK_LOG_LEVEL: 'info' })
  running = catcher.child
}

async function states(): Promise<Record<string, string>> {
  const defaults = await getDefaultContacts(operator, ACCOUNT)
  return Object.fromEntries(defaults.map(({ role, state }) => [role, state]))
}

function made(): Promise<void> {
  return waitUntil('the contacts are made', async () => {
    const found = Object.values(await states())
    return found.length > 0 && found.every((state) => state === 'created')
  })
}

async function handles(): Promise<Record<string, string>> {
  const defaults = await getDefaultContacts(operator, ACCOUNT)
  return Object.fromEntries(defaults.map(({ role, handle }) => [role, handle]))
}

function caught(): Promise<void> {
  return waitUntil('the name is caught', async () => {
    const { items } = await listBackorders(testbed.buyer, { limit: 10 })
    return items.every(({ state }) => state === 'successful')
  })
}

function winner() {
  return testbed.simulator.truth('sim').find((each) => each.name === name.name)?.winner
}

async function ofSimulator(what: 'contacts' | 'violations') {
  const answer = await fetch(`${testbed.simulator.control}/registries/sim/${what}`)
  return (await answer.json()) as {
    readonly contacts: readonly { readonly id: string; readonly clid: string }[]
    readonly accounts: readonly {
      readonly clid: string
      readonly violations: { incompleteCreates: number }
    }[]
  }
}

async function contactsThere(): Promise<readonly string[]> {
  const { contacts } = await ofSimulator('contacts')
  return contacts.map(({ id }) => id).toSorted()
}

/** Incomplete creates by the registry's count. */
async function incompleteCreates(): Promise<number | undefined> {
  const { accounts } = await ofSimulator('violations')
  return accounts.find(({ clid }) => clid === 'droplock')?.violations.incompleteCreates
}

function isReleased(): boolean {
  const truth = testbed.simulator.truth('sim').find((each) => each.name === name.name)
  return truth?.stage === 'free'
}

async function isPastGrace(): Promise<boolean> {
  const { grace_until } = await testbed.clone.db
    .selectFrom('catch_target')
    .select('grace_until')
    .executeTakeFirstOrThrow()
  return isReleased() && grace_until.getTime() < Date.now()
}

async function isInDoubt(): Promise<boolean> {
  const sent = await testbed.clone.db
    .selectFrom('registry_request')
    .select('id')
    .where('state', '=', 'sent')
    .executeTakeFirst()
  return sent !== undefined
}

async function unready() {
  const { alarms } = await getToday(operator)
  return alarms.find(({ kind }) => kind === 'account_not_ready')
}

test('a registry that requires registrant and contacts gets the operator’s, created there in advance', async () => {
  await open(thick, wanted)
  await setContacts(operator)
  await made()
  await testbed.order([name], SOON_MS)
  await caught()
  const { registrant, admin, tech } = await handles()
  expect(winner()).toMatchObject({
    clID: 'droplock',
    registrant,
    contacts: [
      { type: 'admin', id: admin },
      { type: 'tech', id: tech },
    ],
  })
  expect(new Set([registrant, admin, tech]).size).toBe(2)
})

test('an account without the contacts that a zone requires is not ready, and reports so days before the drop until it has them', async () => {
  await open(thick, wanted)
  await testbed.order([name], 4 * DAY_MS)
  await waitUntil('the alarm is on the first page', async () => (await unready()) !== undefined)
  expect(await unready()).toMatchObject({
    subject: ACCOUNT,
    facts: { zones: ['test'], missing: ['registrant (not set)', 'admin (not set)', 'tech (not set)'] },
  })
  expect(await problemsOf(catcher)).toContain('no_contacts')
  await setContacts(operator)
  await waitUntil('the alarm is closed', async () => (await unready()) === undefined)
  expect(await states()).toMatchObject({ registrant: 'created', admin: 'created', tech: 'created' })
  expect(await problemsOf(catcher)).not.toContain('no_contacts')
})

test('without the contacts no create is sent, and a name of an open window is caught as soon as they exist', async () => {
  await open(thick, wanted)
  await testbed.order([name], SOON_MS)
  await waitUntil('the name is free', async () => isReleased())
  expect(await incompleteCreates()).toBe(0)
  await setContacts(operator)
  await caught()
  expect(await incompleteCreates()).toBe(0)
})

test('a catcher that starts after the grace reads the contacts before it decides: a name that is still free is caught', async () => {
  await open(thick, { ...wanted, graceSeconds: 0 })
  await setContacts(operator)
  await made()
  await endGently(catcher.child)
  running = undefined
  await testbed.order([name], SOON_MS)
  await waitUntil('its grace is over', isPastGrace)
  await start()
  await caught()
})

test.each(['cut_before_commit', 'stall_after_commit'])(
  'a contact whose create is %s, and whose catcher is then killed, exists once',
  async (kind) => {
    await open(thick, wanted)
    await testbed.post('faults', { kind, commands: ['create'], count: 1 })
    await setContacts(operator)
    await waitUntil('one may have left', isInDoubt)
    await killHard(catcher.child)
    await start()
    await waitUntil('the contacts are made', async () => {
      await hurry(testbed)
      return Object.values(await states()).every((state) => state === 'created')
    })
    expect(await contactsThere()).toEqual([...new Set(Object.values(await handles()))].toSorted())
  },
)

test('when a registry refuses a contact its message is shown to the operator', async () => {
  await open(thin, wanted)
  await setContacts(operator)
  await waitUntil('all are refused', async () =>
    Object.values(await states()).every((state) => state === 'failed'),
  )
  await testbed.order([name], 4 * DAY_MS)
  await waitUntil('the alarm says so', async () =>
    JSON.stringify((await unready())?.facts ?? {}).includes('registrant (refused by the registry: 2307'),
  )
})

test('a registry without contacts gets none, whatever contacts the account has', async () => {
  await open(thin, {})
  await setContacts(operator)
  await testbed.order([name], SOON_MS)
  await caught()
  expect(winner()).toMatchObject({ registrant: null, contacts: [] })
  expect(await unready()).toBeUndefined()
})
