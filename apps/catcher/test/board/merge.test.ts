import type { UndecidedTarget } from '@droplock/core/targets/read'
import { money } from '@droplock/rules/money'
import { expect, test } from 'vitest'
import { type Board, createBoard } from '../../src/board/board.ts'
import { mergeTargets as merge, type Terms } from '../../src/board/merge.ts'
import { forgetGone } from '../../src/drive/refresh.ts'
import { CAP, target } from '../support/target.ts'

const mergeTargets = (board: Board, rows: readonly UndecidedTarget[], contacts: Terms['contacts'] = {}) =>
  merge(board, rows, { capsAlways: false, contacts })

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
    holder_clid: null,
    zone: 'test',
    may_have_premium: true,
    rdap_url: null,
    contact_roles: [],
    ...changes,
  }
}

test('an armed target joins as waiting; one that a predecessor fired joins as doubtful', () => {
  const board = createBoard()
  mergeTargets(board, [
    row(),
    row({ id: 'target-2', state: 'firing' }),
    row({ id: 'target-3', state: 'ambiguous' }),
    row({ id: 'target-4', state: 'awaiting_award' }),
  ])
  expect(board.get('target-1')).toMatchObject({ phase: 'waiting', prior: { kind: 'unknown' } })
  expect(board.get('target-2')).toMatchObject({ phase: 'doubtful' })
  expect(board.get('target-3')).toMatchObject({ phase: 'doubtful' })
  expect(board.get('target-4')).toMatchObject({ phase: 'awaiting_award', applied: true })
})

test('the standard fee comes with a target as its cap, and a zone without premium names has none', () => {
  const board = createBoard()
  mergeTargets(board, [row(), row({ id: 'target-2', may_have_premium: false })])
  expect(board.get('target-1')?.fee).toEqual({ cap: CAP, agreed: CAP })
  expect(board.get('target-2')?.fee).toBeNull()
})

test('a fee that operators mend during the drop is followed, and the name is tried with it at once', () => {
  const board = createBoard()
  const lack = { code: 2004, pauseMs: 60_000, untilMs: 99_000 }
  board.put(target({ lack }))
  mergeTargets(board, [row({ state: 'firing' })])
  expect(board.get('target-1')?.lack).toEqual(lack)
  mergeTargets(board, [row({ state: 'firing', fee_max_minor: 900n })])
  const mended = money(900n, 'USD')
  expect(board.get('target-1')).toMatchObject({ fee: { cap: mended, agreed: mended }, lack: null })
})

test('what operators mend while a refusal is to be looked into is tried first: the refusal was of the old create', () => {
  const board = createBoard()
  const lack = { code: 2306, pauseMs: 0, untilMs: 15_000 }
  board.put(target({ lack, due: 'fee_check' }))
  mergeTargets(board, [row({ state: 'firing' })])
  expect(board.get('target-1')).toMatchObject({ lack, due: 'fee_check' })
  mergeTargets(board, [row({ state: 'firing', fee_max_minor: 900n })])
  expect(board.get('target-1')).toMatchObject({ lack: null, due: null })
})

test('a lower fee that the registry quoted is not undone by the row that it came from', () => {
  const board = createBoard()
  const quoted = { cap: CAP, agreed: money(700n, 'USD') }
  board.put(target({ fee: quoted }))
  mergeTargets(board, [row({ state: 'firing' })])
  expect(board.get('target-1')?.fee).toEqual(quoted)
})

test('contacts that are made at the registry during the drop are followed, and the name is tried with them at once', () => {
  const board = createBoard()
  const lack = { code: 2303, pauseMs: 60_000, untilMs: 99_000 }
  const wanting = row({ state: 'firing', contact_roles: ['registrant', 'tech'] })
  mergeTargets(board, [wanting], { registrant: 'DL1' })
  expect(board.get('target-1')?.contacts).toEqual({ kind: 'lacking', roles: ['tech'] })
  board.put(target({ lack, contacts: { kind: 'lacking', roles: ['tech'] } }))
  mergeTargets(board, [wanting], { registrant: 'DL1' })
  expect(board.get('target-1')?.lack).toEqual(lack)
  mergeTargets(board, [wanting], { registrant: 'DL1', tech: 'DL2', billing: 'DL3' })
  const carried = { registrant: 'DL1', contacts: [{ type: 'tech', id: 'DL2' }] }
  expect(board.get('target-1')).toMatchObject({ contacts: { kind: 'complete', carried }, lack: null })
})

test('what was prepared before is known again', () => {
  const board = createBoard()
  mergeTargets(board, [
    row({ prepared_at: new Date(6_000), prior_clid: 'droplock', prior_cr_date: new Date(7) }),
  ])
  expect(board.get('target-1')?.prior).toEqual({ kind: 'known', clid: 'droplock', crDate: new Date(7) })
})

test('the course of a fire that this process leads stays', () => {
  const board = createBoard()
  const firing = target({ createsSinceInfo: 2, lastSentMs: 12_000 })
  board.put(firing)
  mergeTargets(board, [row({ state: 'firing' })])
  expect(board.get('target-1')).toEqual(firing)
})

test('a target that was moved while its fire began is fought for in its new window', () => {
  const board = createBoard()
  board.put(target())
  mergeTargets(board, [row({ state: 'firing', drop_from: new Date(50_000), grace_until: new Date(60_000) })])
  expect(board.get('target-1')).toMatchObject({ phase: 'firing', dropFromMs: 50_000, graceUntilMs: 60_000 })
})

test('a disarmed target leaves; one with a command under way, or decided and not yet settled, does not', () => {
  const board = createBoard()
  board.put(target({ phase: 'waiting' }))
  board.put(target({ id: 'busy', busy: true }))
  board.put(target({ id: 'decided', phase: 'decided' }))
  mergeTargets(board, [])
  expect([...board.all()].map(({ id }) => id)).toEqual(['busy', 'decided'])
})

test('a target that fires by the database alone is doubtful: the connection was lost before we heard of it', () => {
  const board = createBoard()
  mergeTargets(board, [row()])
  mergeTargets(board, [row({ state: 'firing' })])
  expect(board.get('target-1')?.phase).toBe('doubtful')
  board.put(target({ id: 'target-1', phase: 'firing' }))
  mergeTargets(board, [row({ state: 'firing' })])
  expect(board.get('target-1')?.phase).toBe('firing')
})

test('of what was reported, nothing is remembered once its target has left the board', () => {
  const board = createBoard()
  mergeTargets(board, [row(), row({ id: 'target-2' })])
  const reported = new Set(['target-1', 'target-2'])
  mergeTargets(board, [row()])
  forgetGone(board, reported)
  expect([...reported]).toEqual(['target-1'])
})

test('at a registry where every create is to be capped, a zone that is called free of premium names has its cap too', () => {
  const board = createBoard()
  merge(board, [row({ may_have_premium: false })], { capsAlways: true, contacts: {} })
  expect(board.get('target-1')?.fee?.cap).toEqual(CAP)
})
