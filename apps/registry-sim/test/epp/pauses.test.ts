import { afterEach, expect, test } from 'vitest'
import type { RegistryOptions } from '../../src/registry/settings.ts'
import { codeOf, createXml, type EppClient, frame, infoXml, logIn, pollXml } from '../support/epp-client.ts'
import { startTestbed, type Testbed } from '../support/testbed.ts'

/** Long beside a few answers on another session, which must all come first. */
const PAUSE_MS = 2000

let testbed: Testbed | undefined
afterEach(() => testbed?.stop())

async function start(options: Partial<RegistryOptions>): Promise<Testbed> {
  testbed = await startTestbed({ rivals: [], ...options })
  const purgeAt = new Date(Date.now() + 3_600_000).toISOString()
  await testbed.post('names', { names: [{ name: 'held.pl', kind: 'unreleased', purgeAt }] })
  return testbed
}

/** The codes as they come: those of `client` for `documents`, and of five polls by `other` meanwhile. */
async function race(client: EppClient, documents: readonly string[], other: EppClient): Promise<number[]> {
  const order: number[] = []
  client.socket.write(Buffer.concat(documents.map(frame)))
  const held = Promise.all(documents.map(() => client.next())).then((answers) =>
    order.push(...answers.map(codeOf)),
  )
  for (let count = 0; count < 5; count++) order.push(codeOf(await other.send(pollXml)))
  await held
  return order
}

const five = [1300, 1300, 1300, 1300, 1300]

test('a late answer holds up the commands behind it, and no other session', async () => {
  const { registry } = await start({ profile: 'co-like', slowExistsMs: PAUSE_MS })
  const [client, other] = [await logIn(registry), await logIn(registry)]
  const documents = [createXml('held.pl'), createXml('free.pl'), infoXml('nobody.pl')]
  expect(await race(client, documents, other)).toEqual([...five, 2302, 1000, 2303])
})

test('a command in the pause after a login is run when the pause is over, and is no violation', async () => {
  const { registry, violations } = await start({ profile: 'fr-like', loginPauseMs: PAUSE_MS })
  const other = await logIn(registry)
  await other.send(pollXml)
  const client = await logIn(registry)
  expect(await race(client, [createXml('free.pl')], other)).toEqual([...five, 1000])
  expect((await violations()).blocked).toBe(0)
})

test('a command sent into a block is run after it and counted, one on another session is neither', async () => {
  const { registry, violations } = await start({ profile: 'ee-like', errorBlockMs: PAUSE_MS })
  const [client, other] = [await logIn(registry), await logIn(registry)]
  expect(codeOf(await client.send(createXml('held.pl')))).toBe(2302)
  expect(await race(client, [infoXml('held.pl')], other)).toEqual([...five, 1000])
  expect((await violations()).blocked).toBe(1)
})

test('a silent session is ended at its age', async () => {
  const { registry, violations } = await start({ sessionLifeMs: 2000 })
  const client = await logIn(registry)
  await client.ended
  expect((await violations()).sessionLife).toBe(1)
})
