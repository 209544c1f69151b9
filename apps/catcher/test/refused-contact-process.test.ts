import type { ChildProcess } from 'node:child_process'
import { expect, test } from 'vitest'
import { givenOperator, setContacts } from './support/contacts.ts'
import { spawnCatcher, spawnGateway, spawnWorker } from './support/process.ts'
import { heldOf } from './support/registrations.ts'
import { givenReseller } from './support/reseller.ts'
import { startTestbed, type Testbed } from './support/testbed.ts'
import { waitUntil } from './support/wait-until.ts'

const NAME = 'wanted.test'

/** Only the localised form, which the registry of this test does not take. */
const details = {
  loc: { name: '李华', street: ['长安街1号'], city: '北京', country: 'CN' },
  email: 'rita@example.com',
}

const eventsOf = ({ clone }: Testbed) =>
  clone.db
    .selectFrom('event')
    .select(['account_id', 'subject_id', 'data'])
    .where('topic', '=', 'backorder.contact_refused')
    .execute()

const alarmsOf = ({ clone }: Testbed) =>
  clone.db.selectFrom('alarm').select(['facts', 'closed_at']).where('kind', '=', 'contact_missing').execute()

/** The handle of the operator's registrant. */
async function operatorsOf({ clone }: Testbed): Promise<string> {
  const { handle } = await clone.db
    .selectFrom('default_contact')
    .innerJoin('registry_contact', 'registry_contact.contact_id', 'default_contact.contact_id')
    .select('handle')
    .where('role', '=', 'registrant')
    .executeTakeFirstOrThrow()
  return handle
}

async function drop(testbed: Testbed): Promise<void> {
  const purgeAt = new Date(Date.now() + 3_000)
  const dropping = { name: NAME, kind: 'normal', priorClid: 'registrar-12', rivals: [], purgeAt }
  await testbed.post('names', { names: [dropping] })
  await testbed.close(purgeAt, 1_000)
}

test('a name whose contact the registry refuses: an alarm, an event to its holder, and it is caught with the operator’s', {
  timeout: 120_000,
}, async () => {
  const strict = { contacts: 'checked', contactForms: 'int', registrantMissing: 2303, ownShare: 0 } as const
  const testbed = await startTestbed(strict, { contactRoles: ['registrant'], graceSeconds: 60 })
  const children: ChildProcess[] = []
  try {
    await setContacts(await givenOperator(testbed))
    const gateway = await spawnGateway(testbed)
    children.push(gateway.child, spawnWorker(testbed), spawnCatcher(testbed))
    const { call } = await givenReseller(testbed, gateway.url)

    const { id: contact_id } = await call('POST', '/v1/contacts', details)
    await testbed.list([{ name: NAME }])
    const { id } = await call('POST', '/v1/backorders', { name: NAME, payment: 'balance', contact_id })
    const order = () => call('GET', `/v1/backorders/${id}`)
    await waitUntil('the registry has refused the contact', async () =>
      JSON.stringify(await order()).includes('"refused"'),
    )
    const message = expect.stringContaining('internationalised')
    expect(await order()).toMatchObject({
      contacts: [{ role: 'registrant', contact_id, version: 1, state: 'refused', message }],
    })
    await waitUntil('its holder is notified', async () => (await eventsOf(testbed)).length > 0)
    await waitUntil('the alarm is open', async () => (await alarmsOf(testbed)).length > 0)
    expect(await alarmsOf(testbed)).toMatchObject([
      { facts: { name: NAME, refused: ['registrant'] }, closed_at: null },
    ])

    await drop(testbed)
    await waitUntil('it is caught', async () => (await order())['state'] === 'successful')
    expect(heldOf(testbed, NAME)?.registrant).toBe(await operatorsOf(testbed))
    await waitUntil('the alarm is closed', async () =>
      (await alarmsOf(testbed)).every(({ closed_at }) => closed_at !== null),
    )
    const refused_contact = { contact_id, version: 1, roles: ['registrant'], answer_code: 2003 }
    expect(await eventsOf(testbed)).toMatchObject([
      {
        account_id: testbed.buyer.actor.accountId,
        subject_id: id,
        data: { name: NAME, refused_contact: { ...refused_contact, answer_message: message } },
      },
    ])
    expect(JSON.stringify(await eventsOf(testbed))).not.toContain(details.email)
  } finally {
    for (const child of children) child.kill('SIGKILL')
    await testbed.end()
  }
})
