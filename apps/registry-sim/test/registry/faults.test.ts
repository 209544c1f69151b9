import { expect, test } from 'vitest'
import { answer } from '../../src/epp/answer.ts'
import { type FaultOrder, orderFault } from '../../src/registry/faults.ts'
import { loadNames } from '../../src/registry/load-names.ts'
import { present } from '../../src/registry/registry.ts'
import { truthOf } from '../../src/registry/truth.ts'
import { codeOf, createXml, infoXml, textOf } from '../support/epp-client.ts'
import { ask, loggedIn, makeTestRegistry, NOON } from '../support/registry.ts'

const names = ['a.pl', 'b.pl', 'c.pl']

function faulty(order: Partial<FaultOrder>) {
  const { registry, clock } = makeTestRegistry()
  const specs = names.map((name) => ({ name, kind: 'normal' as const, purgeAtMs: NOON + 1000, rivals: [] }))
  loadNames(registry, specs, present(registry))
  orderFault(registry.faults, { kind: 'cut_after_commit', on: 'commit', probability: 1, ...order })
  const create = (name: string) => answer(loggedIn(registry), Buffer.from(createXml(name)))
  return { registry, clock, create }
}

test('a cut before the commit answers nothing and leaves the name free', () => {
  const { registry, clock, create } = faulty({ kind: 'cut_before_commit', count: 1 })
  clock.ms = NOON + 1000
  expect(create('a.pl')).toEqual({ after: 'cut' })
  expect(codeOf(ask(loggedIn(registry), infoXml('a.pl')))).toBe(2303)
  const record = registry.names.get('a.pl')
  const [arrival] = record ? truthOf(record).arrivals : []
  expect(arrival).toMatchObject({ clID: 'droplock', clTRID: 'test-0001', fault: 'cut_before_commit' })
  expect(arrival).not.toHaveProperty('code')
  expect(codeOf(create('a.pl').xml ?? '')).toBe(1000)
})

test('a cut after the commit answers nothing and the name is ours', () => {
  const { registry, clock, create } = faulty({ kind: 'cut_after_commit', count: 1 })
  clock.ms = NOON + 1000
  expect(create('a.pl')).toEqual({ after: 'cut' })
  const info = ask(loggedIn(registry), infoXml('a.pl'))
  expect(textOf(info, 'clID')).toBe('droplock')
  expect(textOf(info, 'crDate')).toBe('2026-11-24T12:00:01.000Z')
  const record = registry.names.get('a.pl')
  expect(record && truthOf(record).arrivals).toMatchObject([{ code: 1000, fault: 'cut_after_commit' }])
})

test('a fault of the next two commits is not injected into creates that fail, and into exactly two others', () => {
  const { clock, create } = faulty({ count: 2 })
  expect(codeOf(create('a.pl').xml ?? '')).toBe(2302)
  clock.ms = NOON + 1000
  expect(names.map((name) => create(name).after)).toEqual(['cut', 'cut', 'stay'])
})

test('a fault on any create is injected into a failing one too', () => {
  const { create } = faulty({ on: 'any', count: 1 })
  expect(create('a.pl').after).toBe('cut')
  expect(codeOf(create('a.pl').xml ?? '')).toBe(2302)
})

test('a fault for given names is injected into each of them as often as ordered, and into no other name', () => {
  const { clock, create } = faulty({ kind: 'cut_before_commit', names: ['b.pl', 'c.pl'], count: 1 })
  clock.ms = NOON + 1000
  const outcomes = ['a.pl', 'b.pl', 'b.pl', 'c.pl', 'c.pl'].map((name) => create(name).after)
  expect(outcomes).toEqual(['stay', 'cut', 'stay', 'cut', 'stay'])
})

/** Which of 300 creates, one a second, get a fault of probability 0.3. */
function injectedInto(seed: number): number[] {
  const { registry, clock } = makeTestRegistry({}, seed)
  orderFault(registry.faults, { kind: 'cut_before_commit', on: 'commit', probability: 0.3 })
  let session = loggedIn(registry)
  return Array.from({ length: 300 }, (_, index) => index).filter((index) => {
    clock.ms += 1000
    if (!session.account) session = loggedIn(registry)
    return answer(session, Buffer.from(createXml(`name${index}.pl`))).after === 'cut'
  })
}

test('a fault with a probability is injected into its share of creates, the same ones for the same seed', () => {
  expect(injectedInto(1)).toEqual(injectedInto(1))
  expect(injectedInto(2)).not.toEqual(injectedInto(1))
  expect(injectedInto(1).length).toBeGreaterThan(60)
  expect(injectedInto(1).length).toBeLessThan(120)
})
