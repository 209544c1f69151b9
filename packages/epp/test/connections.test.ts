import { X509Certificate } from 'node:crypto'
import { connectRegistrar, RegistrarUnavailable } from '@droplock/epp/connect'
import type { PoolEvent } from '@droplock/epp/pool/answer'
import { money } from '@droplock/rules/money'
import { type RegistryProfileId, registryProfiles } from '@droplock/rules/registries'
import { expect, onTestFinished, test } from 'vitest'
import { PROFILES } from '../src/profiles/profiles.ts'
import { hasDropHosts, registrarConfigFor } from '../src/profiles/registrar-config.ts'
import * as say from './support/answers.ts'
import { configFor, order, PASSWORD, poolOn, until } from './support/pool.ts'
import { startRegistry, TEST_CA, TEST_CERT, TEST_KEY } from './support/registry.ts'

const ids = Object.keys(registryProfiles) as RegistryProfileId[]

const LONG = 'a password of more than sixteen'

const LOGIN_SEC = 'urn:ietf:params:xml:ns:epp:loginSec-1.0'

test('when a host refuses connections, the next one is tried, and stays in use', async () => {
  const [first, second] = [await startRegistry(), await startRegistry()]
  onTestFinished(() => second.stop())
  const { port } = first
  await first.stop()
  const config = configFor(second)
  const pool = await connectRegistrar({
    ...config,
    endpoint: { ...config.endpoint, port },
    alternates: [config.endpoint],
  })
  onTestFinished(() => pool.close())
  expect(await pool.create(order())).toMatchObject({ code: 1000 })
  expect(second.open()).toBe(1)
})

test('a registry that asks for a certificate gets ours, and the source address is the configured one', async () => {
  const peers: string[] = []
  const registry = await startRegistry(undefined, {
    requestCert: true,
    onPeer: (socket) => peers.push(`${socket.getPeerCertificate().fingerprint256} ${socket.remoteAddress}`),
  })
  onTestFinished(() => registry.stop())
  const config = configFor(registry)
  const endpoint = { ...config.endpoint, cert: TEST_CERT, key: TEST_KEY, localAddress: '127.0.0.9' }
  const pool = await connectRegistrar({ ...config, endpoint })
  onTestFinished(() => pool.close())
  expect(peers).toEqual([`${new X509Certificate(TEST_CERT).fingerprint256} 127.0.0.9`])
})

test('a long password is sent by loginSec, and a warning of the registry is reported without it', async () => {
  const registry = await startRegistry((command, peer) => {
    if (command.verb !== 'login') return undefined
    peer.reply(
      say.response(
        `<result code="1000"><msg>done</msg></result><extension><l:loginSecData xmlns:l="${LOGIN_SEC}"><l:event type="password" level="warning" exDate="2026-12-01T00:00:00.0Z">Password expiring soon</l:event></l:loginSecData></extension>${say.trID(command.clTRID)}`,
      ),
    )
    return 'handled'
  })
  onTestFinished(() => registry.stop())
  registry.greet = (peer) => peer.reply(say.offering(LOGIN_SEC))
  const events: PoolEvent[] = []
  const config = { ...configFor(registry), credentials: { clID: 'us', password: LONG } }
  const pool = await connectRegistrar(config, { onEvent: (event) => events.push(event) })
  onTestFinished(() => pool.close())
  expect(registry.arrivals[0]?.xml).toContain('<pw>[LOGIN-SECURITY]</pw>')
  expect(registry.arrivals[0]?.xml).toContain(LONG)
  const expiresAt = new Date('2026-12-01T00:00:00Z')
  expect(events).toContainEqual({
    kind: 'security_event',
    event: { type: 'password', level: 'warning', expiresAt, text: 'Password expiring soon' },
  })
  expect(JSON.stringify(events)).not.toContain(LONG)
})

test('a long password is not sent, truncated or quoted if the registry has no loginSec', async () => {
  const registry = await startRegistry()
  onTestFinished(() => registry.stop())
  const config = configFor(registry, {
    credentials: { clID: 'us', password: LONG },
    times: { firstSessionMsMax: 3_000 },
  })
  const failure = await connectRegistrar(config).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(RegistrarUnavailable)
  expect(String(failure)).toContain('loginSec')
  expect(String(failure)).not.toContain(LONG)
  expect(registry.arrivals).toEqual([])
})

test('a command that needs an extension which the registry does not offer is not sent, and the answer says so', async () => {
  const { pool, registry } = await poolOn()
  expect(await pool.create({ ...order(), feeCap: money(1000n, 'USD') })).toMatchObject({
    kind: 'not_sent',
    reason: expect.stringContaining('fee'),
  })
  expect(await pool.quote(['a.pl'], [{ command: 'create' }], 'Q-1')).toMatchObject({ kind: 'not_sent' })
  expect(registry.arrivals.map(({ verb }) => verb)).toEqual(['login'])
  expect(await pool.create(order())).toMatchObject({ code: 1000 })
})

test('a message with data of a namespace that is not in the login is kept unchanged, and the namespace is reported', async () => {
  const foreign = 'urn:ietf:params:xml:ns:changePoll-1.0'
  const { pool } = await poolOn((command, peer) => {
    if (command.verb !== 'poll') return undefined
    peer.reply(
      say.response(
        `<result code="1301"><msg>ack</msg><extValue><value><c:changeData xmlns:c="${foreign}"><c:operation>purge</c:operation><c:pw>hush-hush</c:pw></c:changeData></value><reason>${foreign} not in login services</reason></extValue></result><msgQ count="2" id="77"><qDate>2026-11-24T14:00:00Z</qDate><msg>changed</msg></msgQ>${say.trID(command.clTRID)}`,
      ),
    )
    return 'handled'
  })
  const polled = await pool.messages.next('P-1')
  expect(polled).toMatchObject({
    code: 1301,
    data: { waiting: 2, message: { id: '77', unhandled: [foreign] } },
  })
  const evidence = polled.kind === 'answered' ? polled.data?.message?.evidence : ''
  expect(evidence).toContain('<c:operation>purge</c:operation>')
  expect(evidence).not.toContain('hush')
})

test('if checks count as failures, no check is sent beyond the budget', async () => {
  const { pool, registry } = await poolOn(undefined, {
    limits: { failedCreatesPerDayMax: 5, checksCountAsFailed: true },
  })
  expect(await pool.check(['a.pl', 'b.pl', 'c.pl'], 'C-1')).toMatchObject({ kind: 'answered' })
  expect(await pool.check(['d.pl', 'e.pl', 'f.pl'], 'C-2')).toMatchObject({ kind: 'not_sent' })
  expect(pool.failedCreatesLeft()).toBe(2)
  expect(registry.arrivals.filter(({ verb }) => verb === 'check')).toHaveLength(1)
})

test('a changed authInfo does not appear in an answer', async () => {
  const { pool } = await poolOn((command, peer) => {
    if (command.verb !== 'update') return undefined
    peer.reply(say.result(2306, command.clTRID, 'hush-hush is too weak'))
    return 'handled'
  })
  const answer = await pool.update({ name: 'a.pl', clTRID: 'U-1', authInfo: 'hush-hush' })
  expect(answer).toMatchObject({ code: 2306, message: '[redacted] is too weak' })
})

test('all sessions of a pool send the frame that was encoded once', async () => {
  const { pool, registry } = await poolOn(undefined, { limits: { sessionsMax: 3 } })
  await until(() => pool.status().ready === 3)
  await Promise.all(
    Array.from({ length: 6 }, (_, index) => pool.create({ ...order('a.pl'), clTRID: `SAME-${index}` })),
  )
  const frames = registry.arrivals.filter(({ verb }) => verb === 'create')
  expect(new Set(frames.map(({ session }) => session)).size).toBe(3)
  expect(new Set(frames.map(({ xml, clTRID }) => xml.replace(clTRID, ''))).size).toBe(1)
})

const ACCESS = {
  clid: 'us',
  hosts: [{ host: 'epp.test', port: 700 }],
  dropHosts: [{ host: 'drop.test', port: 701, serverName: 'registry.test' }],
  sourceAddress: null,
  limits: {},
} as const

test.each(ids)('%s: creates at the drop go to separate hosts if the registry has any', (profile) => {
  const access = { ...ACCESS, profile }
  const secrets = { password: PASSWORD, tls: { ca: TEST_CA } }
  expect(registrarConfigFor(access, secrets, 'everyday').endpoint).toMatchObject(ACCESS.hosts[0])
  const drop = registrarConfigFor(access, secrets, 'drop')
  const isApart = hasDropHosts(access)
  expect(drop.endpoint).toMatchObject(isApart ? ACCESS.dropHosts[0] : ACCESS.hosts[0])
  expect(drop.endpoint.ca).toBe(TEST_CA)
  if (isApart)
    expect(() => registrarConfigFor({ ...access, dropHosts: [] }, secrets, 'drop')).toThrow(RangeError)
})

test.each(ids)('%s: the pools of both phases together stay within the limits of the account', (profile) => {
  const [everyday, drop] = (['everyday', 'drop'] as const).map(
    (phase) => registrarConfigFor({ ...ACCESS, profile }, { password: PASSWORD }, phase).limits,
  )
  const { limits } = PROFILES[profile]
  if (!hasDropHosts({ profile })) {
    expect(everyday).toEqual(limits)
    return expect(drop).toEqual(limits)
  }
  for (const limit of ['sessionsMax', 'commandsPerSecondMax'] as const)
    expect((everyday?.[limit] ?? NaN) + (drop?.[limit] ?? NaN)).toBe(limits[limit])
})

test('the contract overrides the profile, and with it the time at which sessions are replaced', () => {
  const contract = { sessionsMax: 3, idleSecondsMax: 60, sessionLifeSecondsMax: 600, nameGapMs: 0 }
  const access = { ...ACCESS, profile: 'verisign-like', limits: contract } as const
  expect(registrarConfigFor(access, { password: PASSWORD }, 'everyday').limits).toEqual({
    sessionsMax: 3,
    commandsPerSecondMax: 30,
    idleMsMax: 60_000,
    helloAfterMs: 30_000,
    life: { endsAfterMs: 600_000 },
    nameGapMs: 0,
  })
})
