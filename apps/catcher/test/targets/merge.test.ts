import type { UndecidedTarget } from '@droplock/core/targets/read'
import { money } from '@droplock/rules/money'
import { expect, test } from 'vitest'
import { forgetGone } from '../../src/drive/refresh.ts'
import { mergeTargets as merge, type Terms } from '../../src/targets/merge.ts'
import { createTargetStore, type TargetStore } from '../../src/targets/store.ts'
import { CAP, prior, target } from '../support/target.ts'

const mergeTargets = (
  store: TargetStore,
  rows: readonly UndecidedTarget[],
  contacts: Terms['contacts'] = {},
) => merge(store, rows, { capsAlways: false, contacts })

function row(changes: Partial<UndecidedTarget> = {}): UndecidedTarget {
  return {
    id: 'target-1',
    listing_id: 'listing-1',
    backorder_id: 'backorder-1',
    registry_id: 'sim',
    name: 'wanted.test',
    state: 'armed',
    ordered_at: new Date(1_000),
    drop_from: new Date(10_000),
    drop_to: new Date(11_000),
    grace_until: new Date(20_000),
    fee_max_minor: 800n,
    fee_currency: 'USD',
    prior_clid: null,
    prior_cr_date: null,
    prior_updated_at: null,
    prior_roid: null,
    prepared_at: null,
    armed_at: new Date(5_000),
    decided_at: null,
    decided_code: null,
    decided_basis: null,
    decided_by: null,
    deciding_cltrid: null,
    proposal_id: null,
    attempts_removed_at: null,
    cr_date: null,
    winner_created_at: null,
    creates: null,
    wasted_creates: null,
    lost_by_min_ms: null,
    lost_by_max_ms: null,
    holder_clid: null,
    zone: 'test',
    may_have_premium: true,
    rdap_url: null,
    withdrawing: false,
    contact_roles: [],
    own_contacts: null,
    arming: 1,
    fired_at: null,
    expected_from: new Date(10_000),
    expected_to: new Date(11_000),
    drift_change_id: null,
    release: 'exact_instant',
    early_seconds: 0,
    late_seconds: 1,
    grace_full_seconds: 9,
    grace_probe_seconds: 1,
    grace_share_percent: 10,
    awarded: null,
    ...changes,
  }
}

test('an armed target is added as waiting, one that a predecessor fired as ambiguous', () => {
  const store = createTargetStore()
  mergeTargets(store, [
    row(),
    row({ id: 'target-2', state: 'firing' }),
    row({ id: 'target-3', state: 'ambiguous' }),
    row({ id: 'target-4', state: 'awaiting_award' }),
  ])
  expect(store.get('target-1')).toMatchObject({ phase: 'waiting', prior: { kind: 'unknown' } })
  expect(store.get('target-2')).toMatchObject({ phase: 'ambiguous' })
  expect(store.get('target-3')).toMatchObject({ phase: 'ambiguous' })
  expect(store.get('target-4')).toMatchObject({ phase: 'awaiting_award', applied: true })
})

test('the standard fee comes with a target as its cap, and a zone without premium names has none', () => {
  const store = createTargetStore()
  mergeTargets(store, [row(), row({ id: 'target-2', may_have_premium: false })])
  expect(store.get('target-1')?.fee).toEqual({ cap: CAP, agreed: CAP })
  expect(store.get('target-2')?.fee).toBeNull()
})

test('a fee that operators change during the drop is used, and the name is tried with it at once', () => {
  const store = createTargetStore()
  const createRetry = { code: 2004, pauseMs: 60_000, untilMs: 99_000 }
  store.put(target({ createRetry }))
  mergeTargets(store, [row({ state: 'firing' })])
  expect(store.get('target-1')?.createRetry).toEqual(createRetry)
  mergeTargets(store, [row({ state: 'firing', fee_max_minor: 900n })])
  const mended = money(900n, 'USD')
  expect(store.get('target-1')).toMatchObject({ fee: { cap: mended, agreed: mended }, createRetry: null })
})

test('after a change of operators a due fee check is dropped: the refusal belonged to the old create', () => {
  const store = createTargetStore()
  const createRetry = { code: 2306, pauseMs: 0, untilMs: 15_000 }
  store.put(target({ createRetry, due: 'fee_check' }))
  mergeTargets(store, [row({ state: 'firing' })])
  expect(store.get('target-1')).toMatchObject({ createRetry, due: 'fee_check' })
  mergeTargets(store, [row({ state: 'firing', fee_max_minor: 900n })])
  expect(store.get('target-1')).toMatchObject({ createRetry: null, due: null })
})

test('a lower fee that the registry quoted is not overwritten by the unchanged row', () => {
  const store = createTargetStore()
  const quoted = { cap: CAP, agreed: money(700n, 'USD') }
  store.put(target({ fee: quoted }))
  mergeTargets(store, [row({ state: 'firing' })])
  expect(store.get('target-1')?.fee).toEqual(quoted)
})

test('contacts that are created at the registry during the drop are used, and the name is tried with them at once', () => {
  const store = createTargetStore()
  const createRetry = { code: 2303, pauseMs: 60_000, untilMs: 99_000 }
  const wanting = row({ state: 'firing', contact_roles: ['registrant', 'tech'] })
  mergeTargets(store, [wanting], { registrant: 'DL1' })
  expect(store.get('target-1')?.contacts).toEqual({ kind: 'lacking', roles: ['tech'] })
  store.put(target({ createRetry, contacts: { kind: 'lacking', roles: ['tech'] } }))
  mergeTargets(store, [wanting], { registrant: 'DL1' })
  expect(store.get('target-1')?.createRetry).toEqual(createRetry)
  mergeTargets(store, [wanting], { registrant: 'DL1', tech: 'DL2', billing: 'DL3' })
  const carried = { registrant: 'DL1', contacts: [{ type: 'tech', id: 'DL2' }] }
  expect(store.get('target-1')).toMatchObject({ contacts: { kind: 'complete', carried }, createRetry: null })
})

test('an earlier preparation is read from the row', () => {
  const store = createTargetStore()
  mergeTargets(store, [
    row({ prepared_at: new Date(6_000), prior_clid: 'droplock', prior_cr_date: new Date(7) }),
  ])
  expect(store.get('target-1')?.prior).toEqual(prior({ clid: 'droplock', crDate: new Date(7) }))
})

test('the progress of firing in this process is kept', () => {
  const store = createTargetStore()
  const firing = target({ createsSinceInfo: 2, lastSentMs: 12_000 })
  store.put(firing)
  mergeTargets(store, [row({ state: 'firing' })])
  expect(store.get('target-1')).toEqual(firing)
})

test('a target that was moved while firing began is tried in its new window', () => {
  const store = createTargetStore()
  store.put(target())
  mergeTargets(store, [row({ state: 'firing', drop_from: new Date(50_000), grace_until: new Date(60_000) })])
  expect(store.get('target-1')).toMatchObject({ phase: 'firing', dropFromMs: 50_000, graceUntilMs: 60_000 })
})

test('a disarmed target is removed; one with a command in flight, or decided and not yet recorded, is not', () => {
  const store = createTargetStore()
  store.put(target({ phase: 'waiting' }))
  store.put(target({ id: 'busy', busy: true }))
  store.put(target({ id: 'decided', phase: 'decided' }))
  mergeTargets(store, [])
  expect([...store.all()].map(({ id }) => id)).toEqual(['busy', 'decided'])
})

test('a target that is firing only in the database is ambiguous: the connection was lost before the confirmation', () => {
  const store = createTargetStore()
  mergeTargets(store, [row()])
  mergeTargets(store, [row({ state: 'firing' })])
  expect(store.get('target-1')?.phase).toBe('ambiguous')
  store.put(target({ id: 'target-1', phase: 'firing' }))
  mergeTargets(store, [row({ state: 'firing' })])
  expect(store.get('target-1')?.phase).toBe('firing')
})

test('the ids of reported targets are dropped once a target has left the store', () => {
  const store = createTargetStore()
  mergeTargets(store, [row(), row({ id: 'target-2' })])
  const reported = new Set(['target-1', 'target-2'])
  mergeTargets(store, [row()])
  forgetGone(store, reported)
  expect([...reported]).toEqual(['target-1'])
})

test('at a registry where every create carries a cap, zones without premium names have one too', () => {
  const store = createTargetStore()
  merge(store, [row({ may_have_premium: false })], { capsAlways: true, contacts: {} })
  expect(store.get('target-1')?.fee?.cap).toEqual(CAP)
})

test('a drop that was stopped begins anew with the next arming, and keeps what is known of the old registration', () => {
  const store = createTargetStore()
  store.put(target({ phase: 'firing', lastSentMs: 10_500, createsSinceInfo: 2 }))
  const tomorrow = { drop_from: new Date(50_000), drop_to: new Date(51_000), grace_until: new Date(60_000) }
  mergeTargets(store, [row({ arming: 2, ...tomorrow })])
  expect(store.get('target-1')).toMatchObject({
    phase: 'waiting',
    arming: 2,
    dropFromMs: 50_000,
    lastSentMs: null,
    prior: { kind: 'known', clid: 'someone' },
  })
})

test('a stopped drop whose create is unanswered is kept until the registry has answered', () => {
  const store = createTargetStore()
  store.put(target({ phase: 'ambiguous', sinceMs: 10_500 }))
  mergeTargets(store, [row({ arming: 2, drop_from: new Date(50_000), drop_to: new Date(51_000) })])
  expect(store.get('target-1')).toMatchObject({ phase: 'ambiguous', arming: 1 })
  mergeTargets(store, [row({ state: 'disarmed' })])
  expect(store.get('target-1')).toMatchObject({ phase: 'ambiguous' })
  store.put(target({ phase: 'firing' }))
  mergeTargets(store, [row({ arming: 2 })])
  expect(store.get('target-1')).toMatchObject({ phase: 'waiting', arming: 2 })
})

test('a disarmed target that is firing here is removed, and one that is not known is not added', () => {
  const store = createTargetStore()
  store.put(target({ phase: 'firing' }))
  mergeTargets(store, [row({ state: 'disarmed' }), row({ id: 'target-2', state: 'disarmed' })])
  expect([...store.all()]).toEqual([])
})

test('a stopped drop sends no further create, though a command is in flight whenever the database is read', () => {
  const store = createTargetStore()
  store.put(target({ phase: 'firing', busy: true }))
  mergeTargets(store, [row({ arming: 2 })])
  expect(store.get('target-1')).toMatchObject({ phase: 'firing', busy: true, stopped: true })
  store.put(target({ phase: 'firing', busy: true }))
  mergeTargets(store, [row({ state: 'disarmed' })])
  expect(store.get('target-1')).toMatchObject({ busy: true, stopped: true })
})
