import type { UndecidedTarget } from '@droplock/core/targets/list-undecided'
import { expect, test } from 'vitest'
import { createBoard } from '../../src/board/board.ts'
import { mergeTargets } from '../../src/board/merge.ts'
import { target } from '../support/target.ts'

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
    decided_by: null,
    deciding_cltrid: null,
    proposal_id: null,
    cr_date: null,
    holder_clid: null,
    ...changes,
  }
}

test('an armed target joins as waiting; one that a predecessor fired joins as doubtful', () => {
  const board = createBoard()
  mergeTargets(board, [
    row(),
    row({ id: 'target-2', state: 'firing' }),
    row({ id: 'target-3', state: 'ambiguous' }),
  ])
  expect(board.get('target-1')).toMatchObject({ phase: 'waiting', prior: { kind: 'unknown' } })
  expect(board.get('target-2')).toMatchObject({ phase: 'doubtful' })
  expect(board.get('target-3')).toMatchObject({ phase: 'doubtful' })
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
