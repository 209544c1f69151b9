import type { ChildProcess } from 'node:child_process'
import { infoDomain } from '@droplock/epp/commands/domain'
import { expect, test } from 'vitest'
import { givenOperator, setContacts } from './support/contacts.ts'
import { spawnCatcher, spawnGateway, spawnWorker } from './support/process.ts'
import { connectRival } from './support/registrations.ts'
import { givenReseller } from './support/reseller.ts'
import { startTestbed } from './support/testbed.ts'
import { waitUntil } from './support/wait-until.ts'

const NAME = 'wanted.test'
const DAY_MS = 86_400_000

test('a name ordered with its own contact is caught, its name servers are changed, its auth code is shown, and it is renewed, by API alone, and the registry says so', {
  timeout: 120_000,
}, async () => {
  const registry = { contacts: 'checked', hosts: 'checked', registrantMissing: 2303, ownShare: 0 } as const
  const testbed = await startTestbed(registry, { contactRoles: ['registrant'], graceSeconds: 60 })
  const children: ChildProcess[] = []
  try {
    await setContacts(await givenOperator(testbed))
    const gateway = await spawnGateway(testbed)
    children.push(gateway.child, spawnWorker(testbed), spawnCatcher(testbed))
    const { call, carryOut } = await givenReseller(testbed, gateway.url)

    const contact = await call('POST', '/v1/contacts', {
      int: { name: 'Rita Own', street: ['1 Main Street'], city: 'London', country: 'GB' },
      voice: '+44.2071234567',
      email: 'rita@example.com',
    })
    await testbed.list([{ name: NAME }])
    const ordered = { name: NAME, payment: 'balance', contact_id: contact['id'] }
    const { id: backorderId } = await call('POST', '/v1/backorders', ordered)
    await waitUntil('its contact is at the registry', async () => {
      const { registries } = await call('GET', `/v1/contacts/${contact['id']}`)
      return JSON.stringify(registries).includes('"created"')
    })
    const purgeAt = new Date(Date.now() + 3_000)
    const dropping = { name: NAME, kind: 'normal', priorClid: 'registrar-12', rivals: [], purgeAt }
    await testbed.post('names', { names: [dropping] })
    await testbed.close(purgeAt, 1_000)
    const backorder = () => call('GET', `/v1/backorders/${backorderId}`)
    await waitUntil('it is caught', async () => (await backorder())['state'] === 'successful')

    const { items } = await call('GET', `/v1/registrations?backorder_id=${backorderId}`)
    const [{ id, expires_at: expiresAt } = { id: '', expires_at: '' }] = items as {
      readonly id: string
      readonly expires_at: string
    }[]
    const path = `/v1/registrations/${id}`
    const servers = [{ name: 'ns1.example.net' }, { name: `ns2.${NAME}`, addresses: ['192.0.2.53'] }]
    await carryOut('PUT', `${path}/name-servers`, 'registration-requests', { name_servers: servers })
    const code = await carryOut('POST', `${path}/auth-code`, 'registration-requests')
    const shown = await call('POST', `/v1/registration-requests/${code['id']}/auth-code`)
    const { price, expires_at } = await call('GET', `${path}/renewal-quote?years=2`)
    const renewal = { years: 2, payment: 'balance', price, expires_at }
    const { new_expires_at: renewedTo } = await carryOut('POST', `${path}/renewals`, 'renewals', renewal)

    const read = await call('GET', path)
    expect(read).toMatchObject({
      name: NAME,
      expires_at: renewedTo,
      name_servers: servers.map(({ name }) => ({ name })),
      contacts: [{ role: 'registrant', contact_id: contact['id'] }],
    })
    const days = (Date.parse(String(renewedTo)) - Date.parse(expiresAt)) / DAY_MS
    expect(Math.round(days / 365.25)).toBe(2)

    // Another registrar, with its own client and the auth code.
    const rival = await connectRival(testbed)
    const answer = await rival.send(infoDomain(NAME, String(shown['auth_code'])), 'rival-1')
    const seen = answer.kind === 'answered' ? answer.data : undefined
    expect(seen).toMatchObject({
      clID: 'droplock',
      registrant: (read['contacts'] as readonly { readonly handle: string }[])[0]?.handle,
      exDate: new Date(String(renewedTo)),
    })
    expect(seen?.nameServers?.map(({ name }) => name)).toEqual(servers.map(({ name }) => name))
    await rival.close()
  } finally {
    for (const child of children) child.kill('SIGKILL')
    await testbed.end()
  }
})
