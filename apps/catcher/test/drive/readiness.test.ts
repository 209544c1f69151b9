import { expect, test } from 'vitest'
import { createBoard } from '../../src/board/board.ts'
import { readinessOf } from '../../src/drive/readiness.ts'
import { viewOf } from '../../src/drive/status.ts'
import { target } from '../support/target.ts'

const DRAFT = 'urn:ietf:params:xml:ns:fee-0.11'

/** A hold with a session at a registry that offers these versions of the fee extension. */
function hold(offered: readonly string[], version: string | undefined, ready = 1) {
  const board = createBoard()
  const pool = {
    feeSupport: () => ({ offered, ...(version !== undefined && { version }) }),
    status: () => ({ ready, opening: 0, leaving: 0, waiting: 0 }),
    failedCreatesLeft: () => Infinity,
  }
  return { board, pool, createPool: () => pool }
}

test('an account is not ready while it has names in a zone with premium names and no fee extension that we speak', () => {
  const on = hold([DRAFT], undefined)
  expect(readinessOf(on)).toEqual({ ready: true })
  on.board.put(target({ id: 'plain', zone: 'plain', fee: null }))
  expect(readinessOf(on)).toEqual({ ready: true })
  on.board.put(target({ id: 'dear', zone: 'dear' }))
  expect(readinessOf(on)).toEqual({
    ready: false,
    reason: 'no_fee_extension',
    zones: ['dear'],
    offered: [DRAFT],
  })
})

test('an account is ready where a fee extension was agreed on, and without a session nothing is known', () => {
  for (const on of [hold([DRAFT], 'urn:ietf:params:xml:ns:epp:fee-1.0'), hold([], undefined, 0)]) {
    on.board.put(target())
    expect(readinessOf(on)).toEqual({ ready: true })
  }
})

test('an account that may not create says so where its readiness is asked', () => {
  const on = hold([], undefined)
  on.board.put(target({ zone: 'dear' }))
  const lease = { maySend: () => true }
  const by = { lease, ...on, clock: { errorMs: 1 }, readiness: () => readinessOf(on) }
  expect(viewOf('sim/droplock', { state: { kind: 'driven', by } })).toMatchObject({
    problems: [{ code: 'no_fee_extension', detail: expect.stringContaining('dear') }],
  })
})
