import { expect, test } from 'vitest'
import { mergeTimeline, type TimelineEntry } from '../../../src/pages/orders/timeline.ts'

const at = (second: number) => new Date(Date.UTC(2026, 1, 15, 13, 0, second)).toISOString()

const order = {
  state: 'successful',
  pay_by: at(900),
  cutoff_at: at(20),
  drop_from: at(30),
  drop_to: at(50),
} as const

const entry = (kind: TimelineEntry['kind'], second: number): TimelineEntry => ({
  at: at(second),
  kind,
  text: kind,
})

const nothing = { invoices: [], renewals: [], now: new Date(at(0)) }

test('what happened at the same time stays in the order of cause, and invoices and renewals stand between by their times', () => {
  const entries = [entry('ordered', 1), entry('payment', 1), entry('secured', 1), entry('decided', 40)]
  const steps = mergeTimeline({
    ...nothing,
    order,
    entries,
    invoices: [{ id: 'i', kind: 'invoice', number: 'INV-1', issued_at: at(45) }],
    renewals: [
      {
        id: 'r',
        state: 'successful',
        years: 2,
        price: { amount_minor: 1, currency: 'USD' },
        created_at: at(42),
        decided_at: at(60),
      },
    ],
  })
  expect(steps.map((step) => (step.kind === 'happened' ? step.entry.kind : step.kind))).toEqual([
    'ordered',
    'payment',
    'secured',
    'decided',
    'renewal_ordered',
    'invoice',
    'renewal_decided',
  ])
})

const kinds = (entries: readonly TimelineEntry[]) =>
  mergeTimeline({ ...nothing, order, entries }).map(({ key }) => key.split(' ')[0])

test('a refund that is paid as it is made is one step; one that takes time is two', () => {
  const created = entry('refund_created', 41)
  expect(kinds([created, entry('refund_decided', 41)])).toEqual(['refund_decided'])
  expect(kinds([created, entry('refund_decided', 42)])).toEqual(['refund_created', 'refund_decided'])
  expect(kinds([created])).toEqual(['refund_created'])
})

test('every step keeps its key when later ones come, and no two have the same', () => {
  const entries = [entry('ordered', 1), entry('payment', 2), entry('payment', 2), entry('secured', 3)]
  const before = mergeTimeline({ ...nothing, order, entries: entries.slice(0, 2) })
  const after = mergeTimeline({ ...nothing, order, entries })
  const keys = after.map(({ key }) => key)
  expect(keys.slice(0, 2)).toEqual(before.map(({ key }) => key))
  expect(new Set(keys).size).toBe(keys.length)
})

test.each([
  ['pending_payment', 0, ['cutoff', 'hold_ends']],
  ['backordered', 0, ['cutoff', 'drop_begins', 'drop_ends']],
  ['backordered', 25, ['drop_begins', 'drop_ends']],
  ['registering', 40, ['drop_ends']],
  ['registering', 55, []],
  ['successful', 0, []],
  ['failed', 0, []],
] as const)('an order that is %s has ahead of it at second %i: %j', (state, second, expected) => {
  const steps = mergeTimeline({
    ...nothing,
    order: { ...order, state },
    entries: [],
    now: new Date(at(second)),
  })
  expect(steps.map(({ key }) => key)).toEqual(expected)
})
