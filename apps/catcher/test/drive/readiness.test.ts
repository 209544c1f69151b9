import type { DefaultContactRow } from '@droplock/core/contacts/defaults'
import type { ComingZone } from '@droplock/core/registries/read'
import { expect, test } from 'vitest'
import { windowEndsAtMs } from '../../src/drive/prepare-sessions.ts'
import { type Outlook, readinessOf } from '../../src/drive/readiness.ts'
import { viewOf } from '../../src/drive/status.ts'
import { target } from '../support/target.ts'

const DRAFT = 'urn:ietf:params:xml:ns:fee-0.11'
const FEE = 'urn:ietf:params:xml:ns:epp:fee-1.0'
const SOON = new Date('2026-11-28T12:00:00Z')
const LATER = new Date('2026-11-30T12:00:00Z')

/** An account with a session at a registry that offers these versions of the fee extension. */
function hold(outlook: Partial<Outlook>, version: string | null = FEE, ready = 1) {
  const pool = {
    feeSupport: () => ({ offered: [DRAFT], ...(version !== null && { version }) }),
    status: () => ({ ready, opening: 0, leaving: 0, waiting: 0 }),
    failedCreatesLeft: () => Infinity,
  }
  const leaseState = { outlook: { zones: [], contacts: [], ...outlook } }
  return { pool, createPool: () => pool, leaseState, account: { capsAlways: false } }
}

function zone(changes: Partial<ComingZone>): ComingZone {
  return { zone: 'plain', firstDropAt: SOON, mayHavePremium: false, contactRoles: [], ...changes }
}

function contact(changes: Partial<DefaultContactRow>): DefaultContactRow {
  const made = { state: 'created', answerCode: null, answerMessage: null, setAt: SOON } as const
  return { role: 'registrant', contactId: 'id', handle: 'DL1', handleInForce: 'DL1', ...made, ...changes }
}

const dear = zone({ zone: 'dear', mayHavePremium: true })

test('an account is not ready while names drop soon in a zone with premium names and there is no supported fee extension', () => {
  expect(readinessOf(hold({ zones: [zone({})] }, null))).toEqual([])
  expect(readinessOf(hold({ zones: [zone({}), dear] }, null))).toEqual([
    {
      reason: 'no_fee_extension',
      zones: ['dear'],
      firstDropAt: SOON,
      missing: [expect.stringContaining(DRAFT)],
    },
  ])
})

test('if the profile requires a fee in every create, no zone is ready without the extension', () => {
  const on = { ...hold({ zones: [zone({})] }, null), account: { capsAlways: true } }
  expect(readinessOf(on)).toMatchObject([{ reason: 'no_fee_extension', zones: ['plain'] }])
})

test('an account is ready with a fee extension, and before the first session nothing is reported', () => {
  expect(readinessOf(hold({ zones: [dear] }))).toEqual([])
  expect(readinessOf(hold({ zones: [dear] }, null, 0))).toEqual([])
})

test('an account is not ready while names drop soon in a zone that requires a contact which is not at the registry', () => {
  const thick = zone({ zone: 'thick', firstDropAt: LATER, contactRoles: ['registrant', 'admin', 'tech'] })
  const thicker = zone({ zone: 'thicker', contactRoles: ['registrant', 'billing'] })
  const contacts = [
    contact({}),
    contact({ role: 'admin', state: 'pending', handleInForce: null }),
    contact({ role: 'tech', state: 'failed', handleInForce: null, answerCode: 2005, answerMessage: 'no' }),
  ]
  expect(readinessOf(hold({ zones: [zone({}), thick, thicker], contacts }))).toEqual([
    {
      reason: 'no_contacts',
      zones: ['thick', 'thicker'],
      firstDropAt: SOON,
      missing: [
        'admin (not made at the registry yet)',
        'tech (refused by the registry: 2005 no)',
        'billing (not set)',
      ],
    },
  ])
})

test('an account is ready with an earlier contact while the one that replaces it is not made, or was refused', () => {
  const zones = [zone({ contactRoles: ['registrant'] })]
  for (const state of ['pending', 'failed', 'created'] as const)
    expect(readinessOf(hold({ zones, contacts: [contact({ state })] }))).toEqual([])
})

const unasked = () => expect.unreachable()

test('an account that may not create says so where its readiness is asked', () => {
  const on = hold({ zones: [zone({ zone: 'thick', contactRoles: ['registrant'] })] })
  const lease = { maySend: () => true }
  const fine = { stop: () => undefined, journalFault: () => undefined }
  const by = { lease, ...on, clock: { errorMs: 1 }, unready: () => readinessOf(on), ...fine }
  expect(viewOf('sim/droplock', { state: { kind: 'driven', by, figures: unasked } })).toMatchObject({
    problems: [{ code: 'no_contacts', detail: expect.stringMatching(/thick.*registrant/) }],
  })
})

/** A window from 10,000 to 11,000, and a longer one with the same beginning. */
const soon = target({ phase: 'waiting' })
const longer = target({ id: 'longer', phase: 'waiting', dropFromMs: 10_500, dropToMs: 500_000 })

test('sessions are prepared for the last window that begins soon', () => {
  expect(windowEndsAtMs([soon, longer], 5_000)).toBe(500_000)
  expect(windowEndsAtMs([soon], 5_000)).toBe(11_000)
})

test('nothing is prepared long before a window, in one, or without any', () => {
  expect(windowEndsAtMs([target({ dropFromMs: 100_000, dropToMs: 101_000 })], 5_000)).toBeUndefined()
  expect(windowEndsAtMs([soon, longer], 10_200)).toBeUndefined()
  expect(windowEndsAtMs([soon], 12_000)).toBeUndefined()
  expect(windowEndsAtMs([], 5_000)).toBeUndefined()
})
