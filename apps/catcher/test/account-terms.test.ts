import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, type TestContext, test } from 'vitest'
import { type Certificates, makeCertificates } from '../../registry-sim/src/tls.ts'
import { allDecided, openAlarms, outcomes, violationsOf } from './support/outcomes.ts'
import { credentialsOf, endGently, LEASE, problemsOf, type Served, spawnServed } from './support/process.ts'
import { ACCOUNT, PASSWORD, startTestbed, type Testbed } from './support/testbed.ts'
import { waitUntil } from './support/wait-until.ts'

/** The process follows the rows of a registry account. Each test has its own process and registry, and mostly waits: all run at once. */

const SOON_MS = 1_500

/** An address of this machine that the system would not choose. */
const ADDRESS = '127.0.0.2'

/** Our certificates, in the credentials by their names. */
const folder = mkdtempSync(join(tmpdir(), 'droplock-certificate-'))
afterAll(() => rmSync(folder, { recursive: true }))
const { caPem, ...made } = await makeCertificates(new Date())
/** It is valid for a year, of which ten days are left. */
const { caPem: oldCaPem, ...old } = await makeCertificates(new Date(Date.now() - 355 * 86_400_000))
const OURS = { ours: filesOf('ours', made), old: filesOf('old', old) }

function filesOf(name: string, { certPem, keyPem }: Omit<Certificates, 'caPem'>) {
  const [certFile, keyFile] = [join(folder, `${name}.pem`), join(folder, `${name}-key.pem`)]
  writeFileSync(certFile, certPem)
  writeFileSync(keyFile, keyPem)
  return { certFile, keyFile }
}

/** A registry that accepts certificates of one authority, from one address. */
const choosy = { clientCertificateCa: caPem, clientAddresses: [ADDRESS] }

type Terms = Parameters<typeof startTestbed>
type Setting = {
  readonly registry?: Terms[0]
  readonly zone?: Terms[1]
  readonly account?: Terms[2]
  readonly environment?: Readonly<Record<string, string>>
}
type Running = { readonly testbed: Testbed; readonly served: Served }

/** A registry with settings, and the process that follows the rows of our account there. Both end with the test. */
async function start(
  { onTestFinished }: TestContext,
  { registry = {}, zone = {}, account = {}, environment = {} }: Setting,
): Promise<Running> {
  const testbed = await startTestbed(registry, zone, account)
  onTestFinished(() => testbed.end())
  const served = await spawnServed(testbed, { ...credentialsOf(testbed, PASSWORD, OURS), ...environment })
  onTestFinished(async () => void (await endGently(served.child)))
  return { testbed, served }
}

const free = (name: string) => ({ name, kind: 'normal', priorClid: 'registrar-12', rivals: [] }) as const

async function drop(
  { testbed, served }: Running,
  names: readonly string[],
  windowMs?: number,
): Promise<Record<string, string>> {
  await waitUntil('the process is ready', async () => (await served.ready())?.status === 200)
  await testbed.order(names.map(free), SOON_MS, windowMs)
  await waitUntil('all is decided', () => allDecided(testbed))
  return outcomes(testbed)
}

async function expectProblem({ served }: Running, code: string): Promise<void> {
  await waitUntil(code, async () => (await problemsOf(served)).includes(code))
}

test.concurrent('at a registry that requires a certificate and an address, the process uses those of the account', async (context) => {
  const account = { clientCertificate: 'ours', sourceAddress: ADDRESS }
  const running = await start(context, { registry: choosy, account })
  expect(await drop(running, ['ours.test'])).toEqual({ 'ours.test': 'successful' })
})

test.concurrent.for([
  ['certificate', { sourceAddress: ADDRESS }],
  ['address', { clientCertificate: 'ours' }],
] as const)('without the %s there is no session', async ([, account], context) => {
  await expectProblem(await start(context, { registry: choosy, account }), 'registry_unavailable')
})

test.concurrent('an account that requires a certificate which the process does not have is not driven, and its problem names the certificate', async (context) => {
  const running = await start(context, { account: { clientCertificate: 'next' } })
  await expectProblem(running, 'failed')
  expect((await running.served.ready())?.accounts[0]?.problems[0]).toMatchObject({
    detail: 'the credentials of sim/droplock have no certificate next',
  })
})

test.concurrent('a certificate that expires within days, and a clock that is not synchronised, are alarms of the process, which changes to the next certificate once nothing drops', async (context) => {
  const running = await start(context, {
    registry: { clientCertificateCa: `${caPem}${oldCaPem}` },
    account: { clientCertificate: 'old' },
    environment: { ...LEASE, DROPLOCK_LOG_LEVEL: 'info', PATH: timeServiceThatSays('no') },
  })
  const { testbed, served } = running
  const alarmsAre = (...kinds: readonly string[]) =>
    waitUntil(`the alarms are ${kinds.join()}`, async () => {
      const open = await openAlarms(testbed)
      return open.toSorted().join() === kinds.map((kind) => `${kind} ${ACCOUNT}`).join()
    })
  await alarmsAre('certificate_expires', 'clock_unsynchronised')
  const named = (client_certificate: string) =>
    testbed.clone.db.updateTable('registry_account').set({ client_certificate }).execute()
  const indexesOf = (wanted: string) =>
    served.events.flatMap(({ event }, index) => (event === wanted ? [index] : []))
  // One that it does not have is not in use: it stays with the one that is.
  await named('next')
  await waitUntil('it says so', async () => indexesOf('account.certificate_missing').length > 0)

  await testbed.secure([free('ours.test')])
  await testbed.post('names', { names: [{ ...free('ours.test'), purgeAt: new Date(Date.now() + 6_000) }] })
  await testbed.close(new Date(Date.now() + SOON_MS), 20_000)
  const fires = testbed.clone.db.selectFrom('catch_target').select('id').where('state', '=', 'firing')
  await waitUntil('the name is tried', async () => (await fires.execute()).length > 0)
  timeServiceThatSays('yes')
  await named('ours')
  await alarmsAre()
  expect(await outcomes(testbed)).toEqual({ 'ours.test': 'successful' })
  const [, again = 0] = indexesOf('account.leased')
  expect(again).toBeGreaterThan(indexesOf('target.settled')[0] ?? Infinity)
  expect(await drop(running, ['next.test'])).toMatchObject({ 'next.test': 'successful' })
})

/** A folder with a program that answers as systemd does. */
function timeServiceThatSays(answer: 'yes' | 'no'): string {
  const bin = join(folder, 'bin')
  mkdirSync(bin, { recursive: true })
  writeFileSync(join(bin, 'timedatectl'), `#!/bin/sh\necho ${answer}\n`, { mode: 0o755 })
  return bin
}

test.concurrent('names of two zones that are products of one registry are caught', async (context) => {
  const running = await start(context, {
    registry: { profile: 'verisign-like', release: 'exact', zones: ['com', 'net'] },
    zone: { mayHavePremium: false },
    account: { profile: 'verisign-like', limits: {} },
  })
  const names = ['one.com', 'two.net']
  expect(await drop(running, names)).toEqual({ 'one.com': 'successful', 'two.net': 'successful' })
  expect(Object.values(await violationsOf(running.testbed)).every((count) => count === 0)).toBe(true)
})

test.concurrent('if the drop has a separate host, creates go there and everything else to the everyday host', async (context) => {
  const running = await start(context, {
    registry: { profile: 'nz-like', dropPort: 0, opening: { atUtc: '00:00', openMs: 1 } },
    account: { profile: 'nz-like', limits: {} },
  })
  await running.testbed.post('openings', { fromAt: new Date().toISOString(), openMs: 120_000 })
  // The server is open for the window only, and accepts one login after another.
  expect(await drop(running, ['ours.test'], 30_000)).toEqual({ 'ours.test': 'successful' })
  // Creates at the everyday host are refused and counted, as is everything at the drop host outside its hours.
  const violations = Object.entries(await violationsOf(running.testbed)).filter(([, count]) => count > 0)
  expect(violations).toEqual([])
})

test.concurrent('a poll message about an award causes an info at once, and is acknowledged', async (context) => {
  const { testbed, served } = await start(context, {
    registry: { profile: 'dropzone-like', dropPort: 0, dropzone: { periodMs: 10_000 } },
    zone: { graceSeconds: 60 },
    account: { profile: 'dropzone-like', limits: {} },
    environment: { DROPLOCK_LOG_LEVEL: 'info' },
  })
  expect(await drop({ testbed, served }, ['ours.test'])).toEqual({ 'ours.test': 'successful' })
  const received = () => served.events.filter(({ event }) => event === 'registry.message')
  await waitUntil('the message is acknowledged', async () => received().length > 0)
  expect(received()).toMatchObject([{ pendingAction: { name: 'ours.test', done: true } }])
  expect(await openAlarms(testbed)).toEqual([])
})

test.concurrent('at a registry that sells premium names at any price every create carries a cap, in every zone', async (context) => {
  const fee = { premiumMinor: 50_000, premiumWithoutFee: 'sold', currency: 'EUR' } as const
  const { testbed } = await start(context, {
    registry: { profile: 'strict-like', registrantMissing: false, fee },
    zone: { mayHavePremium: false, feeCurrency: 'EUR' },
    account: { profile: 'strict-like', limits: {} },
  })
  await testbed.order([{ name: 'dear.test', kind: 'premium', rivals: [] }], SOON_MS)
  await waitUntil('all is decided', () => allDecided(testbed))
  expect(await outcomes(testbed)).toEqual({ 'dear.test': 'premium' })
})
