import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CatchLimits } from '../../src/drop/capacity.ts'
import type { ServiceAccount, ServiceRegistry } from '../../src/drop/obstacles.ts'
import { type AwaitingName, expectService } from '../../src/drop/order-of-service.ts'
import { releases } from '../../src/schedule/release.ts'

const DROP_MS = Date.UTC(2026, 10, 30, 14)
const at = (seconds: number) => new Date(DROP_MS + 1_000 * seconds)

/** A name that is released at `seconds`, and ordered before those with a larger `order`. */
function released(order: number, seconds: number | null, over: Partial<AwaitingName> = {}): AwaitingName {
  return {
    listingId: `0000-${String(order).padStart(6, '0')}`,
    orderedAt: new Date(Date.UTC(2026, 10, 1) + order),
    zone: 'test',
    release: seconds === null ? 'random_in_window' : 'exact_instant',
    releaseAt: seconds === null ? null : at(seconds),
    dropFrom: at(seconds ?? 0),
    dropTo: at((seconds ?? 0) + (seconds === null ? 600 : 5)),
    orderKey: 'unknown',
    isWithdrawn: false,
    isSuspect: false,
    isPremium: false,
    contactRoles: [],
    ownRoles: [],
    lacksOwn: false,
    ...over,
  }
}

function account(limits: Partial<CatchLimits>, over: Partial<ServiceAccount> = {}): ServiceAccount {
  return {
    id: 'r/us',
    limits: { sessionsMax: 10, commandsPerSecondMax: 5, ...limits },
    obstacles: [],
    isBudgetSpent: false,
    passwordExpiresAt: null,
    certificateExpiresAt: null,
    contactRoles: [],
    ...over,
  }
}

const registry = (...accounts: readonly ServiceAccount[]): ServiceRegistry => ({
  isStopped: false,
  accounts,
  maintenances: [],
})

const reasons = (names: readonly AwaitingName[], of: ServiceRegistry) =>
  expectService(names, of).map(({ reason }) => reason ?? 'served')
const many = (count: number, seconds: number | null, over: Partial<AwaitingName> = {}) =>
  Array.from({ length: count }, (_, order) => released(order, seconds, over))

const served = (...accounts: readonly ServiceAccount[]) =>
  reasons(many(60, 0), registry(...accounts)).filter((reason) => reason === 'served').length

describe('names that are released at a known instant', () => {
  test('are served as far as the rate sends creates in the second of their release, in the order of service', () => {
    const expected = expectService(many(12, 0).toReversed(), registry(account({})))
    expect(expected.map(({ position }) => position)).toEqual(
      Array.from({ length: 12 }, (_, place) => place + 1),
    )
    expect(expected.map(({ lateSeconds }) => lateSeconds)).toEqual([0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2])
    expect(expected.filter(({ reason }) => reason === undefined)).toHaveLength(5)
    expect(expected[11]).toMatchObject({
      sharing: 12,
      place: 12,
      capacity: 5,
      creates: 0,
      reason: 'capacity',
    })
  })

  test('wait for those before them that were released a second earlier', () => {
    const first = many(7, 0)
    const later = Array.from({ length: 4 }, (_, index) => released(100 + index, 1))
    expect(reasons([...first, ...later], registry(account({}))).slice(7)).toEqual([
      'served',
      'served',
      'served',
      'capacity',
    ])
  })

  test('share the creates of all accounts; few sessions send less than the rate', () => {
    expect(served(account({}), account({ commandsPerSecondMax: 20 }))).toBe(25)
    expect(served(account({ commandsPerSecondMax: 50, sessionsMax: 2 }))).toBe(20)
    expect(served(account({ commandsPerSecondMax: 50, sessionsMax: 4, sessionGapMs: 1_000 }))).toBe(4)
  })

  test('at a server that opens, are tried after the logins', () => {
    const expected = expectService(many(7, 0, { release: 'open_window' }), registry(account({})))
    expect(expected.map(({ lateSeconds }) => lateSeconds)).toEqual([3, 3, 3, 3, 3, 4, 4])
    expect(expected.filter(({ reason }) => reason === undefined)).toHaveLength(5)
  })

  test('share what the registry allows in a minute', () => {
    const limits = { commandsPerSecondMax: 10, commandsPerMinuteMax: 15 }
    const names = [...many(10, 0), ...Array.from({ length: 10 }, (_, index) => released(50 + index, 20))]
    const expected = expectService(names, registry(account(limits)))
    expect(expected.filter(({ reason }) => reason === undefined)).toHaveLength(15)
    expect(expected.at(-1)?.lateSeconds).toBe(40)
  })
})

describe('names that are released at any moment', () => {
  test('take turns, as many as each can be tried every ten seconds', () => {
    const expected = expectService(many(60, null), registry(account({}), account({})))
    expect(expected.filter(({ reason }) => reason === undefined)).toHaveLength(50)
    expect(expected[0]).toMatchObject({ basis: 'turns', sharing: 60, capacity: 50, creates: 120 })
  })

  test('do not share with names of another window', () => {
    const evening = { dropFrom: at(3_600), dropTo: at(4_200) }
    const names = [...many(50, null), ...many(50, null, evening)]
    expect(new Set(reasons(names, registry(account({}))))).toEqual(new Set(['served']))
  })

  test('follow the batch where its order is shown or expected, and say so where they depend on it', () => {
    const batch = { release: 'daily_batch', dropTo: at(600) } as const
    const of = (orderKey: AwaitingName['orderKey']) =>
      expectService(many(60, null, { ...batch, orderKey }), registry(account({})))
    expect(of('unknown')[59]).toMatchObject({
      basis: 'order_expected',
      reason: undefined,
      creates: 50,
      cautions: ['order_unconfirmed'],
    })
    expect(of('shown')[0]).toMatchObject({ basis: 'order_shown', cautions: [] })
    expect(of('hidden')[59]).toMatchObject({ basis: 'turns', reason: 'capacity' })
  })
})

describe('names that no account can create', () => {
  const soon = account({}, { passwordExpiresAt: at(-1) })
  const refused = account({}, { obstacles: [{ reason: 'login_refused' }] })
  const needing = { contactRoles: ['registrant', 'admin'] } as const
  test.each<[string, Partial<AwaitingName>, ServiceRegistry]>([
    ['registry_stopped', {}, { ...registry(account({})), isStopped: true }],
    ['withdrawn', { isWithdrawn: true }, registry(account({}))],
    ['no_account', {}, registry()],
    ['login_refused', {}, registry(refused)],
    ['password_expired', {}, registry(soon)],
    ['certificate_expired', {}, registry(account({}, { certificateExpiresAt: at(0) }))],
    ['no_contacts', { ...needing, ownRoles: ['registrant'] }, registry(account({}))],
    [
      'account_not_ready',
      {},
      registry(account({}, { obstacles: [{ reason: 'account_not_ready', zones: ['test'] }] })),
    ],
    [
      'in_maintenance',
      {},
      { ...registry(account({})), maintenances: [{ startsAt: at(-60), endsAt: at(60) }] },
    ],
    ['create_budget', {}, registry(account({ failedCreatesPerDayMax: 0 }))],
  ])('are told why: %s', (reason, over, of) => {
    expect(reasons([released(0, 0, over)], of)).toEqual([reason])
  })

  test('one account that can is enough, and its capacity alone counts', () => {
    const expected = expectService(many(8, 0), registry(refused, account({})))
    expect(expected.filter(({ reason }) => reason === undefined)).toHaveLength(5)
    expect(
      reasons([released(0, 0, { ...needing, ownRoles: needing.contactRoles })], registry(account({}))),
    ).toEqual(['served'])
  })

  test('take no place of another', () => {
    const names = many(8, 0).map((name, index) => ({ ...name, isWithdrawn: index < 4 }))
    expect(reasons(names, registry(account({}))).slice(4)).toEqual(Array(4).fill('served'))
  })

  test('a maintenance for a part of the window is a caution, as are a suspect, a premium name and a lacking contact', () => {
    const over = { isSuspect: true, isPremium: true, lacksOwn: true }
    const away = [{ startsAt: at(300), endsAt: at(900) }]
    const [expected] = expectService([released(0, null, over)], {
      ...registry(account({})),
      maintenances: away,
    })
    expect(expected?.cautions).toEqual(['contact_missing', 'maintenance', 'suspect', 'premium'])
  })
})

const anyName = fc.record({
  order: fc.integer({ min: 0, max: 500 }),
  seconds: fc.option(fc.integer({ min: 0, max: 4 })),
  release: fc.constantFrom(...releases),
  orderKey: fc.constantFrom('unknown' as const, 'shown' as const, 'hidden' as const),
  lasts: fc.integer({ min: 1, max: 30 }),
})
const anyNames = fc
  .uniqueArray(anyName, { selector: ({ order }) => order, maxLength: 120 })
  .map((drawn) =>
    drawn.map(({ order, seconds, release, orderKey, lasts }) =>
      released(order, seconds, { release, orderKey, ...(seconds === null && { dropTo: at(lasts) }) }),
    ),
  )
const anyLimits = fc.record({
  sessionsMax: fc.integer({ min: 1, max: 6 }),
  commandsPerSecondMax: fc.integer({ min: 1, max: 8 }),
  sessionGapMs: fc.constantFrom(0, 500),
})
const servedOf = (names: readonly AwaitingName[], of: ServiceRegistry) =>
  new Set(
    expectService(names, of).flatMap(({ reason, listingId }) => (reason === undefined ? [listingId] : [])),
  )

describe('for any names', () => {
  test('more sessions, a higher rate or another account serve every name that was served, and no first create is later', () => {
    fc.assert(
      fc.property(anyNames, anyLimits, anyLimits, fc.boolean(), (names, limits, more, isAnother) => {
        const grown = {
          ...limits,
          sessionsMax: limits.sessionsMax + more.sessionsMax,
          commandsPerSecondMax: limits.commandsPerSecondMax + more.commandsPerSecondMax,
        }
        const before = registry(account(limits))
        const after = isAnother ? registry(account(limits), account(more)) : registry(account(grown))
        const then = servedOf(names, after)
        for (const id of servedOf(names, before)) expect(then).toContain(id)
        const late = (of: ServiceRegistry) =>
          expectService(names, of).map(({ lateSeconds }) => lateSeconds ?? 0)
        const earlier = late(before)
        for (const [index, seconds] of late(after).entries())
          expect(seconds).toBeLessThanOrEqual(earlier[index] ?? 0)
      }),
    )
  })

  test('the first in the order of service is served, and a later order changes nothing for an earlier one', () => {
    fc.assert(
      fc.property(anyNames, anyLimits, fc.nat(), (names, limits, cut) => {
        const of = registry(account(limits))
        const all = expectService(names, of)
        expect(all[0]?.reason).toBeUndefined()
        const some = all.slice(0, cut % (names.length + 1))
        const alone = expectService(some, of)
        expect(alone.map(({ reason, lateSeconds, place }) => ({ reason, lateSeconds, place }))).toEqual(
          some.map(({ reason, lateSeconds, place }) => ({ reason, lateSeconds, place })),
        )
      }),
    )
  })

  test('those that may be released at any moment share with all whose window overlaps, and come after those of them before', () => {
    const anyWindow = fc.tuple(fc.integer({ min: -30, max: 30 }), fc.integer({ min: 0, max: 20 }))
    fc.assert(
      fc.property(fc.array(anyWindow, { maxLength: 60 }), (windows) => {
        const names = windows.map(([from, lasts], order) =>
          released(order, null, { dropFrom: at(from), dropTo: at(from + lasts) }),
        )
        for (const [index, { dropFrom, dropTo, sharing, place }] of expectService(
          names,
          registry(account({})),
        ).entries()) {
          const overlapping = (others: readonly AwaitingName[]) =>
            others.filter((other) => other.dropFrom <= dropTo && other.dropTo >= dropFrom).length
          expect({ sharing, place }).toEqual({
            sharing: overlapping(names),
            place: overlapping(names.slice(0, index + 1)),
          })
        }
      }),
    )
  })
})
