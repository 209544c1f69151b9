import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test } from 'vitest'
import { makeCertificates } from '../../registry-sim/src/tls.ts'
import { allDecided, openAlarms, outcomes, violationsOf } from './support/outcomes.ts'
import { credentialsOf, endGently, problemsOf, type Served, spawnServed } from './support/process.ts'
import { PASSWORD, startTestbed, type Testbed } from './support/testbed.ts'
import { waitUntil } from './support/wait-until.ts'

/** The process follows the rows of a registry account. */

const SOON_MS = 1_500

/** An address of this machine that the system would not choose. */
const ADDRESS = '127.0.0.2'

/** Our certificate, in the credentials by the name `ours`. */
const folder = mkdtempSync(join(tmpdir(), 'droplock-certificate-'))
afterAll(() => rmSync(folder, { recursive: true }))
const { caPem, certPem, keyPem } = await makeCertificates(new Date())
const OURS = { ours: { certFile: join(folder, 'cert.pem'), keyFile: join(folder, 'key.pem') } }
writeFileSync(OURS.ours.certFile, certPem)
writeFileSync(OURS.ours.keyFile, keyPem)

/** A registry that accepts certificates of one authority, from one address. */
const choosy = { clientCertificateCa: caPem, clientAddresses: [ADDRESS] }

let testbed: Testbed
let served: Served | undefined
afterEach(async () => {
  if (served !== undefined) await endGently(served.child)
  served = undefined
  await testbed.end()
})

const free = (name: string) => ({ name, kind: 'normal', priorClid: 'registrar-12', rivals: [] }) as const

async function drop(names: readonly string[], windowMs?: number): Promise<Record<string, string>> {
  await waitUntil('the process is ready', async () => (await served?.ready())?.status === 200)
  await testbed.order(names.map(free), SOON_MS, windowMs)
  await waitUntil('all is decided', () => allDecided(testbed))
  return outcomes(testbed)
}

async function expectProblem(code: string): Promise<void> {
  await waitUntil(code, async () => (await problemsOf(served as Served)).includes(code))
}

test('at a registry that requires a certificate and an address, the process uses those of the account', async () => {
  testbed = await startTestbed(choosy, {}, { clientCertificate: 'ours', sourceAddress: ADDRESS })
  served = await spawnServed(testbed, credentialsOf(testbed, PASSWORD, OURS))
  expect(await drop(['ours.test'])).toEqual({ 'ours.test': 'successful' })
})

test.each([
  ['certificate', { sourceAddress: ADDRESS }],
  ['address', { clientCertificate: 'ours' }],
] as const)('without the %s there is no session', async (_what, terms) => {
  testbed = await startTestbed(choosy, {}, terms)
  served = await spawnServed(testbed, credentialsOf(testbed, PASSWORD, OURS))
  await expectProblem('registry_unavailable')
})

test('an account that requires a certificate which the process does not have is not driven, and its problem names the certificate', async () => {
  testbed = await startTestbed({}, {}, { clientCertificate: 'next' })
  served = await spawnServed(testbed, credentialsOf(testbed, PASSWORD, OURS))
  await expectProblem('failed')
  expect((await served.ready())?.accounts[0]?.problems[0]).toMatchObject({
    detail: 'the credentials of sim/droplock have no certificate next',
  })
})

test('names of two zones that are products of one registry are caught', async () => {
  const settings = { profile: 'verisign-like' as const, release: 'exact' as const, zones: ['com', 'net'] }
  testbed = await startTestbed(settings, { mayHavePremium: false }, { profile: 'verisign-like', limits: {} })
  served = await spawnServed(testbed)
  expect(await drop(['one.com', 'two.net'])).toEqual({ 'one.com': 'successful', 'two.net': 'successful' })
  expect(Object.values(await violationsOf(testbed)).every((count) => count === 0)).toBe(true)
})

test('if the drop has a separate host, creates go there and everything else to the everyday host', async () => {
  const opening = { atUtc: '00:00', openMs: 1 }
  testbed = await startTestbed(
    { profile: 'nz-like', dropPort: 0, opening },
    {},
    { profile: 'nz-like', limits: {} },
  )
  await testbed.post('openings', { fromAt: new Date().toISOString(), openMs: 120_000 })
  served = await spawnServed(testbed)
  // The server is open for the window only, and accepts one login after another.
  expect(await drop(['ours.test'], 30_000)).toEqual({ 'ours.test': 'successful' })
  // Creates at the everyday host are refused and counted, as is everything at the drop host outside its hours.
  const violations = Object.entries(await violationsOf(testbed)).filter(([, count]) => count > 0)
  expect(violations).toEqual([])
})

test('a poll message about an award causes an info at once, and is acknowledged', async () => {
  const dropzone = { periodMs: 10_000 }
  testbed = await startTestbed(
    { profile: 'dropzone-like', dropPort: 0, dropzone },
    { graceSeconds: 60 },
    { profile: 'dropzone-like', limits: {} },
  )
  served = await spawnServed(testbed, { DROPLOCK_LOG_LEVEL: 'info' })
  expect(await drop(['ours.test'])).toEqual({ 'ours.test': 'successful' })
  const received = () => served?.events.filter(({ event }) => event === 'registry.message') ?? []
  await waitUntil('the message is acknowledged', async () => received().length > 0)
  expect(received()).toMatchObject([{ pendingAction: { name: 'ours.test', done: true } }])
  expect(await openAlarms(testbed)).toEqual([])
})

test('at a registry that sells premium names at any price every create carries a cap, in every zone', async () => {
  const fee = { premiumMinor: 50_000, premiumWithoutFee: 'sold' } as const
  const strict = {
    profile: 'strict-like',
    registrantMissing: false,
    fee: { ...fee, currency: 'EUR' },
  } as const
  const zone = { mayHavePremium: false, feeCurrency: 'EUR' }
  testbed = await startTestbed(strict, zone, { profile: 'strict-like', limits: {} })
  served = await spawnServed(testbed)
  await testbed.order([{ name: 'dear.test', kind: 'premium', rivals: [] }], SOON_MS)
  await waitUntil('all is decided', () => allDecided(testbed))
  expect(await outcomes(testbed)).toEqual({ 'dear.test': 'premium' })
})
