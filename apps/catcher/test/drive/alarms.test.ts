import { raiseAlarms } from '@droplock/core/alarms/raise'
import type { Context } from '@droplock/core/context'
import { newId } from '@droplock/core/new-id'
import { rolledBack } from '@droplock/core/testing/rolled-back'
import { expect, test } from 'vitest'
import { createAlarms } from '../../src/drive/alarms.ts'

const empty = { kind: 'deposit_empty', subject: 'sim/droplock' } as const

function isAway(): never {
  throw new Error('away')
}

function openOnes({ db }: Context) {
  return db
    .selectFrom('alarm')
    .select(['kind', 'subject', 'facts'])
    .where('closed_at', 'is', null)
    .orderBy('kind')
    .execute()
}

test('a raised alarm is written once at each flush that is due, and cleared when it is over', () =>
  rolledBack(async (tx) => {
    const ctx = { db: tx, newId }
    const alarms = createAlarms(() => 0)
    alarms.raise({ ...empty, facts: { code: 2104 } })
    expect(await openOnes(ctx)).toEqual([])
    await alarms.flush(ctx)
    expect(await openOnes(ctx)).toEqual([{ ...empty, facts: { code: 2104 } }])
    alarms.clear(empty)
    await alarms.flush(ctx)
    expect(await openOnes(ctx)).toEqual([])
  }))

test('an alarm that a predecessor left open is cleared, too', () =>
  rolledBack(async (tx) => {
    const ctx = { db: tx, newId }
    await raiseAlarms(ctx, [empty])
    const alarms = createAlarms(() => 0)
    alarms.clear(empty)
    await alarms.flush(ctx)
    expect(await openOnes(ctx)).toEqual([])
  }))

test('a continuing alarm is written every 15 s, so that one closed by an operator is raised again while its cause lasts', () =>
  rolledBack(async (tx) => {
    const ctx = { db: tx, newId }
    let nowMs = 0
    const alarms = createAlarms(() => nowMs)
    const closeByHand = () =>
      tx
        .updateTable('alarm')
        .set({ closed_at: new Date('9000-01-01') })
        .execute()
    alarms.raise(empty)
    await alarms.flush(ctx)
    await closeByHand()
    nowMs = 14_999
    alarms.raise(empty)
    await alarms.flush(ctx)
    expect(await openOnes(ctx)).toEqual([])
    nowMs = 15_000
    await alarms.flush(ctx)
    expect(await openOnes(ctx)).toHaveLength(1)
    await closeByHand()
    nowMs = 60_000
    await alarms.flush(ctx)
    expect(await openOnes(ctx), 'nothing was raised since').toEqual([])
  }))

test('what could not be written while the database was unavailable is written later', () =>
  rolledBack(async (tx) => {
    const ctx = { db: tx, newId }
    const alarms = createAlarms(() => 0)
    alarms.raise(empty)
    await expect(alarms.flush({ ...ctx, newId: isAway })).rejects.toThrow('away')
    await alarms.flush(ctx)
    expect(await openOnes(ctx)).toHaveLength(1)
  }))
