import { expect, test } from 'vitest'
import { decideCreate } from '../../src/registry/create-domain.ts'
import { present } from '../../src/registry/registry.ts'
import { planSandboxDrops } from '../../src/registry/sandbox-names.ts'
import { writeDropList } from '../../src/registry/truth.ts'
import { makeTestRegistry, NOON } from '../support/registry.ts'

const DROP = NOON + 60_000
const zone = 'qwertyui.sandbox'

function sandbox() {
  const { registry, clock } = makeTestRegistry({ id: 'sandbox', zones: ['sandbox'], sandbox: true })
  const plan = (label: string, dropsAtMs = DROP) =>
    planSandboxDrops(registry, [{ name: `${label}.${zone}`, dropsAtMs }], present(registry))
  /** What a create is answered so many milliseconds after the drop. */
  const tried = (label: string, afterMs: number) => {
    clock.ms = DROP + afterMs
    present(registry)
    const details = { contacts: [], nameServers: [], statuses: [], authInfo: 'our-auth' }
    return decideCreate(registry, { name: `${label}.${zone}`, years: 1, clID: 'droplock', details }).code
  }
  const listed = () => {
    const names = writeDropList(registry, present(registry)).trim().split('\n').slice(1)
    return names.map((line) => line.split(','))
  }
  return {
    registry,
    clock,
    plan,
    tried,
    listed,
    recordOf: (label: string) => registry.names.get(`${label}.${zone}`),
  }
}

test.each([
  [
    'caught-1',
    [
      [-1, 2302],
      [1, 1000],
    ],
  ],
  ['anything', [[1, 1000]]],
  [
    'lost-1',
    [
      [-1, 2302],
      [2, 2302],
      [60_000, 2302],
    ],
  ],
  ['refundfails-1', [[2, 2302]]],
  [
    'premium-1',
    [
      [-1, 2302],
      [1, 2003],
    ],
  ],
  [
    'missed-1',
    [
      [1, 2302],
      [600_000, 2302],
    ],
  ],
  [
    'late-1',
    [
      [1, 2302],
      [11_000, 2302],
      [12_001, 1000],
    ],
  ],
  [
    'withdrawn-1',
    [
      [1, 2302],
      [600_000, 2302],
    ],
  ],
] as const)('at a sandbox %s is answered as its label says', (label, answers) => {
  const { plan, tried } = sandbox()
  expect(plan(label)).toEqual([])
  for (const [afterMs, code] of answers) expect([afterMs, tried(label, afterMs)]).toEqual([afterMs, code])
})

test('a name that is withdrawn leaves the list before it drops, restored to its registrar', () => {
  const { plan, clock, listed, recordOf } = sandbox()
  plan('withdrawn-1')
  plan('caught-1')
  expect(listed()).toHaveLength(3)
  clock.ms = DROP - 15_000
  expect(listed().map(([, name]) => name)).toEqual([`caught-1.${zone}`, 'always-listed.sandbox'])
  expect(recordOf('withdrawn-1')).toMatchObject({ stage: 'restored', registration: { clID: 'registrar-12' } })
})

test('a pending name moves with its registration, and what was planned for its old time does not happen', () => {
  const { plan, registry, clock, listed, recordOf } = sandbox()
  const day = NOON + 86_400_000
  plan('lost-1', day)
  const prior = recordOf('lost-1')?.prior
  plan('lost-1')
  expect(recordOf('lost-1')?.prior).toEqual(prior)
  expect(listed()).toContainEqual(
    expect.arrayContaining([`lost-1.${zone}`, new Date(DROP).toISOString().replace('.000', '')]),
  )
  plan('lost-1', day)
  clock.ms = DROP + 1_000
  present(registry)
  expect(recordOf('lost-1')).toMatchObject({ stage: 'pending', arrivals: [] })
  clock.ms = day + 1_000
  present(registry)
  expect(recordOf('lost-1')).toMatchObject({ stage: 'registered', winner: { clID: 'rival-a' } })
  expect(registry.past).toEqual([])
})

test('a drop can be repeated, before and after it', () => {
  const { plan, registry, clock, recordOf } = sandbox()
  plan('lost-1')
  const record = recordOf('lost-1')
  plan('lost-1')
  clock.ms = DROP + 1_000
  present(registry)
  plan('lost-1')
  expect(recordOf('lost-1')).toBe(record)
  expect(record?.stage).toBe('registered')
})

test('a name that is loaded again by another simulator has the registration that it had', () => {
  const [one, other] = [sandbox(), sandbox()]
  one.plan('caught-1')
  other.plan('caught-1', DROP + 86_400_000)
  expect(one.recordOf('caught-1')?.prior?.crDateMs).toBe(other.recordOf('caught-1')?.prior?.crDateMs)
})

test('only names directly below a zone of one label are in a sandbox', () => {
  const { registry, plan } = sandbox()
  expect(plan('a.b')).toEqual([{ name: `a.b.${zone}`, code: 'zone_not_served' }])
  expect(planSandboxDrops(registry, [{ name: 'caught-1.pl', dropsAtMs: DROP }], present(registry))).toEqual([
    { name: 'caught-1.pl', code: 'zone_not_served' },
  ])
})
