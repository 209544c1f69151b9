import { expect, test } from 'vitest'
import { createBoard } from '../../src/board/board.ts'
import { noteAward } from '../../src/drive/read-messages.ts'
import { chooseNext } from '../../src/plan/choose-next.ts'
import { standing, target } from '../support/target.ts'

const rule = {
  prepareLeadMs: 5_000,
  aimLeadMs: 50,
  nameGapMs: 100,
  createsPerInfo: 3,
  awardPauseMsMin: 60_000,
}
const facts = { ...standing(), sends: 'all', sinceAsked: 0, hasBudget: true } as const

const NOW_MS = 15_000
const applied = target({ phase: 'awaiting_award', applied: true, sinceMs: 11_000, lastSentMs: 11_000 })

function hold(on = applied) {
  const board = createBoard()
  board.put(on)
  return { board, registryNowMs: () => NOW_MS }
}

const award = {
  id: '1',
  text: 'Pending action completed successfully.',
  pendingAction: { object: 'domain', name: 'wanted.test', done: true, svTRID: 's' },
  unhandled: [],
  evidence: '',
} as const

test('a message about a name that was applied for makes info ask at once, whatever it says', () => {
  for (const done of [true, false]) {
    const on = hold()
    expect(chooseNext(on.board.all(), rule, facts, NOW_MS)).toMatchObject({ kind: 'wait' })
    expect(noteAward(on, { ...award, pendingAction: { ...award.pendingAction, done } })).toBe(true)
    expect(chooseNext(on.board.all(), rule, facts, NOW_MS)).toMatchObject({ kind: 'info' })
  }
})

test('a message that comes while info is under way is read again', () => {
  expect(noteAward(hold({ ...applied, busy: true }), award)).toBe(false)
})

test('a message about anything else changes nothing', () => {
  const on = hold()
  const other = { ...award, pendingAction: { ...award.pendingAction, name: 'other.test' } }
  expect(noteAward(on, other)).toBe(true)
  expect(on.board.get(applied.id)).toEqual(applied)
})
