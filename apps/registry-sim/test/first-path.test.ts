import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RegistryOptions } from '../src/registry/settings.ts'
import { type Simulator, startSimulator } from '../src/start-simulator.ts'
import { codeOf, createXml, infoXml, logIn, textOf } from './support/epp-client.ts'

const PURGE_AT_MS = Date.parse('2026-11-24T12:00:00Z')
let simulator: Simulator
let nowMs = PURGE_AT_MS - 60_000

beforeAll(async () => {
  const registries: RegistryOptions[] = [{ id: 'exact', release: 'exact', zones: ['pl'] }]
  simulator = await startSimulator({ registries, clock: { nowMs: () => nowMs } })
})
afterAll(() => simulator.stop())

test('a name loaded over HTTP is refused before its purge and registered after it, over real TLS', async () => {
  const [registry] = simulator.registries
  if (!registry) throw new Error('no registry')
  const loaded = await fetch(`${simulator.control}/registries/exact/names`, {
    method: 'POST',
    body: JSON.stringify({
      names: [{ name: 'kawa.pl', kind: 'normal', purgeAt: '2026-11-24T12:00:00Z', rivals: [] }],
    }),
  })
  expect(loaded.status).toBe(201)
  const client = await logIn(registry)
  const before = await client.send(infoXml('kawa.pl'))
  expect(before).toContain('<domain:status s="pendingDelete"/>')
  expect(before).toContain('<rgp:rgpStatus s="pendingDelete"/>')
  expect(codeOf(await client.send(createXml('kawa.pl')))).toBe(2302)
  nowMs = PURGE_AT_MS
  const created = await client.send(createXml('kawa.pl'))
  expect(codeOf(created)).toBe(1000)
  expect(textOf(created, 'crDate')).toBe('2026-11-24T12:00:00.000Z')
  const after = await client.send(infoXml('kawa.pl'))
  expect(textOf(after, 'clID')).toBe('droplock')
  client.close()
})
