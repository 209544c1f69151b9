import { authCodeSecretOf } from '@droplock/core/auth-codes/derive'
import { showAuthCode } from '@droplock/core/auth-codes/show'
import { keyringOf } from '@droplock/core/keys/keyring'
import { getRegistrationRequest } from '@droplock/core/registrations/read-requests'
import { requestAuthCode, setNameServers } from '@droplock/core/registrations/request'
import { claimDueRequest } from '@droplock/core/registry-requests/claim-due'
import { infoDomain } from '@droplock/epp/commands/domain'
import { afterEach, expect, test } from 'vitest'
import type { RegistryOptions } from '../../registry-sim/src/registry/settings.ts'
import { serveNameServers } from '../src/requests/name-servers.ts'
import { startCatcher } from './support/drive.ts'
import { connectRival, nameServersOf, registrationOf, servingWith, settled } from './support/registrations.ts'
import { catchAll, hurry } from './support/renewals.ts'
import { ACCOUNT, AUTH_CODE_SECRET, startTestbed, type Testbed } from './support/testbed.ts'
import { waitUntil } from './support/wait-until.ts'

const NAME = 'mine.test'
const secrets = keyringOf([AUTH_CODE_SECRET], authCodeSecretOf)

let testbed: Testbed
let stop: (() => Promise<void>) | undefined
afterEach(async () => {
  await stop?.()
  stop = undefined
  await testbed.end()
})

/** A caught name and a catcher. */
async function open(settings: Partial<RegistryOptions> = {}): Promise<void> {
  testbed = await startTestbed({ ownShare: 0, ...settings })
  stop = startCatcher(testbed)
  await catchAll(testbed, [NAME])
}

/** A name server and its addresses. */
type Wanted = readonly [string, ...string[]]

async function change(...wanted: readonly Wanted[]) {
  const { id: registrationId } = await registrationOf(testbed, NAME)
  const servers = wanted.map(([name, ...addresses]) => ({ name, ...(addresses.length > 0 && { addresses }) }))
  return setNameServers(testbed.buyer, { registrationId, wanted: servers })
}

async function confirmNow(): Promise<void> {
  await testbed.clone.db
    .updateTable('registration')
    .set({ confirm_after: new Date(0) })
    .execute()
}

test('what the registry says of a caught name is read and shown with its time', async () => {
  await open()
  expect((await registrationOf(testbed, NAME)).confirmedAt).toBeNull()
  await confirmNow()
  await waitUntil('it is confirmed', async () => (await registrationOf(testbed, NAME)).confirmedAt !== null)
  expect(await registrationOf(testbed, NAME)).toMatchObject({
    state: 'registered',
    statuses: ['ok', 'addPeriod'],
    nameServers: [],
    contacts: [],
  })
})

test('name servers are hosts: missing ones are created, those below the name with their addresses, and a repetition changes nothing', async () => {
  await open({ hosts: 'checked' })
  const first = await change(['ns1.example.net'], ['ns.mine.test', '192.0.2.1', '2001:DB8:0::1'])
  expect(first).toMatchObject({ kind: 'name_servers', state: 'queued' })
  expect(await settled(testbed, first)).toMatchObject({ state: 'succeeded', failureReason: null })
  expect(nameServersOf(testbed, NAME)).toEqual(['ns.mine.test', 'ns1.example.net'])
  const registration = await registrationOf(testbed, NAME)
  expect(registration.nameServers?.map(({ name }) => name).toSorted()).toEqual([
    'ns.mine.test',
    'ns1.example.net',
  ])
  const rival = await connectRival(testbed)
  const host = () => rival.hosts.info('ns.mine.test', `rival-${Math.random()}`)
  expect(await host()).toMatchObject({ data: { addresses: ['192.0.2.1', '2001:db8::1'] } })

  await settled(testbed, await change(['ns1.example.net'], ['ns.mine.test', '192.0.2.9']))
  expect(await host()).toMatchObject({ data: { addresses: ['192.0.2.9'] } })
  expect(nameServersOf(testbed, NAME)).toEqual(['ns.mine.test', 'ns1.example.net'])

  await settled(testbed, await change(['ns2.example.net'], ['ns3.example.net']))
  expect(nameServersOf(testbed, NAME)).toEqual(['ns2.example.net', 'ns3.example.net'])
  await rival.close()
})

test('where name servers are attributes of the domain, they are set with their addresses and without hosts', async () => {
  await open({ hosts: 'attributes' })
  await stop?.()
  stop = undefined
  const pool = await connectRival(testbed, 'droplock')
  const carryOut = async (...wanted: readonly Wanted[]) => {
    const { id } = await change(...wanted)
    const due = await claimDueRequest(testbed.catcher, ACCOUNT)
    if (due?.kind !== 'registration_change') throw new Error('no change is due')
    await serveNameServers(servingWith(testbed, pool), due)
    expect(await getRegistrationRequest(testbed.buyer, id)).toMatchObject({ state: 'succeeded' })
    return nameServersOf(testbed, NAME)
  }
  expect(await carryOut(['ns1.example.net'], ['ns.mine.test', '192.0.2.1'])).toEqual([
    'ns.mine.test 192.0.2.1',
    'ns1.example.net',
  ])
  expect(await carryOut(['ns1.example.net'], ['ns.mine.test', '192.0.2.2'])).toEqual([
    'ns.mine.test 192.0.2.2',
    'ns1.example.net',
  ])
  await pool.close()
})

test('a host that the registry refuses fails the request with what the registry said', async () => {
  await open({ hosts: 'checked' })
  const request = await settled(testbed, await change(['ns1.nobody.test'], ['ns2.example.net']))
  expect(request).toMatchObject({
    state: 'failed',
    failureReason: 'refused',
    answerCode: 2303,
    answerMessage: expect.stringContaining('nobody.test'),
  })
  expect(nameServersOf(testbed, NAME)).toEqual([])
})

test('an auth code is set at the registry, shown once, and replaced by an unknown one when its time is over', async () => {
  await open()
  const { id } = await registrationOf(testbed, NAME)
  const request = await requestAuthCode(testbed.buyer, id, secrets)
  expect(await settled(testbed, request)).toMatchObject({ state: 'succeeded', authCodeShownAt: null })
  const { authCode, validUntil } = await showAuthCode(testbed.buyer, request.id, secrets)
  const rival = await connectRival(testbed)
  const accepted = async () => {
    const answer = await rival.send(infoDomain(NAME, authCode), `rival-${Math.random()}`)
    return answer.kind === 'answered' && answer.code === 1000
  }
  expect(await accepted()).toBe(true)
  await expect(showAuthCode(testbed.buyer, request.id, secrets)).rejects.toMatchObject({
    code: 'auth_code_shown',
  })
  const days = (validUntil.getTime() - Date.now()) / 86_400_000
  expect(days).toBeGreaterThan(6.9)
  expect(days).toBeLessThan(7.1)
  await hurry(testbed)
  await waitUntil('it is no longer accepted', async () => !(await accepted()))
  await rival.close()
})

test('a later auth code replaces an earlier one, and the end of the earlier one does not end it', async () => {
  await open()
  const { id } = await registrationOf(testbed, NAME)
  const first = await requestAuthCode(testbed.buyer, id, secrets)
  await settled(testbed, first)
  const second = await requestAuthCode(testbed.buyer, id, secrets)
  expect(second.id).not.toBe(first.id)
  await settled(testbed, second)
  await expect(showAuthCode(testbed.buyer, first.id, secrets)).rejects.toMatchObject({
    code: 'auth_code_expired',
  })
  const isUnset = () =>
    testbed.clone.db
      .selectFrom('registry_request')
      .select('id')
      .where('kind', '=', 'auth_code_unset')
      .where('registration_request_id', '=', first.id)
      .where('state', '=', 'done')
      .executeTakeFirst()
  await testbed.clone.db
    .updateTable('registry_request')
    .set({ try_after: new Date(0) })
    .where('registration_request_id', '=', first.id)
    .execute()
  await waitUntil('the first has ended', async () => (await isUnset()) !== undefined)
  const { authCode } = await showAuthCode(testbed.buyer, second.id, secrets)
  const rival = await connectRival(testbed)
  expect(await rival.send(infoDomain(NAME, authCode), 'rival-1')).toMatchObject({ code: 1000 })
  await rival.close()
})

test('a name that the registry does not know any more ends its registration, and a change of it fails', async () => {
  await open()
  const { id } = await registrationOf(testbed, NAME)
  await stop?.()
  const us = await connectRival(testbed, 'droplock')
  expect(await us.delete(NAME, 'ours-1')).toMatchObject({ code: 1000 })
  await us.close()
  stop = startCatcher(testbed)
  const request = await settled(testbed, await requestAuthCode(testbed.buyer, id, secrets))
  expect(request).toMatchObject({ state: 'failed', failureReason: 'not_held' })
  expect(await registrationOf(testbed, NAME)).toMatchObject({ state: 'ended', endReason: 'not_held' })
  await expect(requestAuthCode(testbed.buyer, id, secrets)).rejects.toMatchObject({
    code: 'registration_ended',
  })
  const topics = await testbed.clone.db.selectFrom('event').select('topic').orderBy('id').execute()
  expect(topics.map(({ topic }) => topic).slice(-2)).toEqual([
    'registration.ended',
    'registration_request.failed',
  ])
})

test('while a change is in progress the same one is the same request, and another one is refused', async () => {
  await open()
  await stop?.()
  stop = undefined
  const first = await change(['ns1.example.net'], ['ns2.example.net'])
  expect((await change(['ns2.example.net'], ['ns1.example.net'])).id).toBe(first.id)
  await expect(change(['ns3.example.net'], ['ns1.example.net'])).rejects.toMatchObject({
    code: 'registration_request_pending',
    facts: { registration_request_id: first.id },
  })
  expect(await getRegistrationRequest(testbed.buyer, first.id)).toMatchObject({ state: 'queued' })
})
