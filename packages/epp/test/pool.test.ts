import { connectRegistrar, RegistrarUnavailable } from '@droplock/epp/connect'
import { expect, onTestFinished, test } from 'vitest'
import * as say from './support/answers.ts'
import { configFor, order, PASSWORD, poolOn, until } from './support/pool.ts'
import { OTHER_CA, startRegistry, TEST_CA } from './support/registry.ts'

test('a name is created, asked about and checked over one logged-in session', async () => {
  const { pool, registry } = await poolOn()
  const sentIds: string[] = []
  const created = await pool.create(order('A.pl'), (sent) => sentIds.push(sent.clTRID))
  expect(created).toMatchObject({ kind: 'answered', code: 1000, clTRID: sentIds[0] })
  expect(created.kind === 'answered' && created.data?.crDate).toEqual(new Date('2026-11-24T14:00:00Z'))
  const info = await pool.info('a.pl', 'INFO-1')
  expect(info).toMatchObject({ code: 1000, data: { clID: 'other', rgpStatuses: ['pendingDelete'] } })
  const checked = await pool.check(['a.pl'], 'CHECK-1')
  expect(checked).toMatchObject({ code: 1000, data: [{ name: 'a.pl', available: false, reason: 'In use' }] })
  expect(registry.arrivals.map(({ verb }) => verb)).toEqual(['login', 'create', 'info', 'check'])
})

test('an unused slot gives its session and permit back', async () => {
  const { pool } = await poolOn()
  for (let round = 0; round < 20; round += 1) {
    using slot = await pool.acquire({ timeoutMs: 5_000 })
    slot.release()
  }
  expect(await pool.create(order())).toMatchObject({ code: 1000 })
})

test('a slot sends only one command', async () => {
  const { pool, registry } = await poolOn()
  const slot = await pool.acquire()
  await slot.create(order())
  expect(await slot.create(order())).toMatchObject({ kind: 'not_sent' })
  expect(registry.arrivals.filter(({ verb }) => verb === 'create')).toHaveLength(1)
})

test('closing logs out and ends every session', async () => {
  const { pool, registry } = await poolOn(undefined, { limits: { sessionsMax: 3 } })
  await until(() => pool.status().ready === 3)
  await pool.close()
  await until(() => registry.open() === 0)
  expect(registry.arrivals.filter(({ verb }) => verb === 'logout')).toHaveLength(3)
  await expect(pool.acquire()).rejects.toThrow('the pool was closed')
})

test('when the owner may not send, nothing reaches the registry any more: no hello, no login, no logout', async () => {
  const cuts: (() => void)[] = []
  const registry = await startRegistry(undefined, { onPeer: (socket) => cuts.push(() => socket.destroy()) })
  onTestFinished(() => registry.stop())
  let may = true
  let refused = 0
  const pool = await connectRegistrar(configFor(registry, { limits: { sessionsMax: 2, helloAfterMs: 40 } }), {
    maySend: () => may,
    random: () => 0,
    onEvent: ({ kind }) => (refused += kind === 'session_refused' ? 1 : 0),
  })
  onTestFinished(() => pool.close())
  await until(() => pool.status().ready === 2 && registry.arrivals.some(({ verb }) => verb === 'hello'))
  may = false
  const arrived = registry.arrivals.length
  const slot = await pool.acquire()
  expect(await slot.info('a.pl', 'INFO-1')).toMatchObject({ kind: 'not_sent' })
  cuts[0]?.()
  await until(() => refused === 2)
  expect(registry.open()).toBe(1)
  await pool.close()
  await until(() => registry.open() === 0)
  expect(registry.arrivals).toHaveLength(arrived)
})

test('a certificate of another authority or for another name gets no login', async () => {
  const registry = await startRegistry()
  onTestFinished(() => registry.stop())
  const config = configFor(registry)
  for (const endpoint of [
    { ...config.endpoint, ca: OTHER_CA },
    { ...config.endpoint, serverName: 'other.test' },
  ]) {
    await expect(
      connectRegistrar({ ...config, endpoint, times: { firstSessionMsMax: 200 } }),
    ).rejects.toThrow(RegistrarUnavailable)
  }
  const byName = { ...config.endpoint, serverName: 'epp.registry.test', ca: TEST_CA }
  const pool = await connectRegistrar({ ...config, endpoint: byName })
  await pool.close()
  expect(registry.arrivals.map(({ verb }) => verb)).toEqual(['login', 'logout'])
})

test('a refused password is reported once, without the password, and not tried again', async () => {
  const registry = await startRegistry((command, peer) => {
    if (command.verb === 'login') peer.reply(say.result(2200, command.clTRID, `bad password ${PASSWORD}`))
    return 'handled'
  })
  onTestFinished(() => registry.stop())
  const failure = await connectRegistrar(configFor(registry)).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(RegistrarUnavailable)
  expect(failure).toMatchObject({ permanentCode: 2200 })
  expect(String(failure)).toContain('2200')
  expect(String(failure)).not.toContain(PASSWORD)
  expect(registry.arrivals).toHaveLength(1)
})
