import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { addYears } from '@droplock/rules/schedule/local-time'
import { expect, test } from 'vitest'
import { spawnCatcher, spawnGateway, spawnWorker } from './support/process.ts'
import { catchAll } from './support/renewals.ts'
import { givenReseller } from './support/reseller.ts'
import { startTestbed, type Testbed } from './support/testbed.ts'
import { waitUntil } from './support/wait-until.ts'

const RECONCILE = fileURLToPath(new URL('../../../infra/src/reconcile.ts', import.meta.url))

/** A year passes: the name expires at its registry at once, and here. What waits for that is due. */
async function letExpire({ clone, simulator }: Testbed, name: string): Promise<Date> {
  const expiresAt = new Date(Math.ceil(Date.now() / 1_000) * 1_000 + 1_000)
  const answer = await fetch(`${simulator.control}/registries/sim/names/${name}/expiry`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ expiresAt: expiresAt.toISOString() }),
  })
  expect(answer.status).toBe(200)
  await clone.db.updateTable('registration').set({ expires_at: expiresAt }).where('name', '=', name).execute()
  return expiresAt
}

const makeDue = ({ clone }: Testbed, name: string, column: 'confirm_after' | 'renewable_until') =>
  clone.db
    .updateTable('registration')
    .set({ [column]: new Date() })
    .where('name', '=', name)
    .where('ended_at', 'is', null)
    .execute()

async function report({ simulator }: Testbed): Promise<string> {
  return (await fetch(`${simulator.control}/registries/sim/report.csv?clid=droplock`)).text()
}

/** The books and the registry's report, compared by the process that operators run. Returns its findings and exit code. */
async function reconcile(testbed: Testbed) {
  const path = join(mkdtempSync(join(tmpdir(), 'droplock-report-')), 'report.csv')
  writeFileSync(path, await report(testbed))
  const { id } = await testbed.clone.db.selectFrom('registry_account').select('id').executeTakeFirstOrThrow()
  const child = spawn(process.execPath, [RECONCILE], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      DATABASE_URL: testbed.clone.url,
      DROPLOCK_ACCOUNT_REPORTS: JSON.stringify([{ registryAccountId: id, path }]),
      DROPLOCK_RECONCILE_SETTLING_MS: '0',
    },
  })
  let output = ''
  child.stdout.on('data', (chunk) => (output += String(chunk)))
  const [code] = await once(child, 'close')
  return { code, output }
}

async function expectEvents({ clone }: Testbed): Promise<void> {
  const events = await clone.db.selectFrom('event').select(['topic', 'data']).orderBy('id').execute()
  const topicsOf = (name: string) =>
    events.filter(({ data }) => JSON.stringify(data).includes(`"${name}"`)).map(({ topic }) => topic)
  // A week before too, where the worker looked in the second before.
  expect(topicsOf('left.test')).toEqual(
    expect.arrayContaining([
      'registration.expired',
      'registration.auto_renewed',
      'registration.deletion_requested',
      'registration.ended',
    ]),
  )
  expect(topicsOf('late.test')).toEqual(
    expect.arrayContaining(['registration.expired', 'registration.auto_renewed', 'renewal.successful']),
  )
}

test('names that nobody renews are renewed by their registry, renewed late or deleted and credited, every step an event, and the books agree with its report', {
  timeout: 120_000,
}, async () => {
  const testbed = await startTestbed({ hosts: 'checked', ownShare: 0 })
  const children: ChildProcess[] = []
  try {
    const gateway = await spawnGateway(testbed)
    children.push(gateway.child, spawnWorker(testbed, { DROPLOCK_EXPIRY_MS: '200' }), spawnCatcher(testbed))
    await catchAll(testbed, ['left.test', 'late.test'], 3_000)
    const { call, carryOut } = await givenReseller(testbed, gateway.url)
    const read = async (name: string) => {
      const { items } = await call('GET', `/v1/registrations?name=${name}`)
      const [item = {}] = items as readonly Record<string, unknown>[]
      return item
    }
    const left = await read('left.test')
    const servers = [{ name: 'ns1.example.net' }, { name: 'ns2.left.test', addresses: ['192.0.2.53'] }]
    await carryOut('PUT', `/v1/registrations/${left['id']}/name-servers`, 'registration-requests', {
      name_servers: servers,
    })

    for (const name of ['left.test', 'late.test']) {
      const expiresAt = await letExpire(testbed, name)
      await waitUntil(`${name} is expired and renewed by its registry`, async () => {
        await makeDue(testbed, name, 'confirm_after')
        const { state, auto_renewed_until: until } = await read(name)
        return state === 'expired' && until === addYears(expiresAt, 1).toISOString()
      })
    }

    const late = await read('late.test')
    const path = `/v1/registrations/${late['id']}`
    const { price, expires_at, valid_until } = await call('GET', `${path}/renewal-quote?years=2`)
    expect(valid_until).toBe(late['renewable_until'])
    const ordered = { years: 2, payment: 'balance', price, expires_at }
    const { new_expires_at: renewedTo } = await carryOut('POST', `${path}/renewals`, 'renewals', ordered)
    expect(renewedTo).toBe(addYears(new Date(String(expires_at)), 2).toISOString())
    const renewed = { state: 'registered', expires_at: renewedTo }
    expect(await read('late.test')).toMatchObject(renewed)
    expect(await read('late.test')).not.toHaveProperty('renewable_until')

    await makeDue(testbed, 'left.test', 'renewable_until')
    await waitUntil('the other is deleted', async () => (await read('left.test'))['state'] === 'ended')
    expect(await read('left.test')).toMatchObject({ end_reason: 'deleted' })

    const booked = (await report(testbed)).split('\n').map((line) => line.split(','))
    const operationsOf = (name: string) => booked.filter((line) => line[3] === name).map((line) => line[2])
    expect(operationsOf('left.test')).toEqual(['create', 'autorenew', 'delete_in_auto_renew_period'])
    expect(operationsOf('late.test')).toEqual(['create', 'autorenew', 'renew'])
    expect(await reconcile(testbed)).toMatchObject({ code: 0 })

    await expectEvents(testbed)
  } finally {
    for (const child of children) child.kill('SIGKILL')
    await testbed.end()
  }
})
