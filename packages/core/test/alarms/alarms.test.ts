import { expect, test, vi } from 'vitest'
import { closeAlarm } from '../../src/alarms/close.ts'
import { clearAlarms, followAlarms, raiseAlarms } from '../../src/alarms/raise.ts'
import { listAlarms } from '../../src/alarms/read.ts'
import { inTransaction } from '../../src/database/transaction.ts'
import { beginFiring } from '../../src/targets/begin-firing.ts'
import { cloneDatabase } from '../../src/testing/clone-database.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { givenArmed, NAME } from '../support/held.ts'
import { contextOf, givenStaff } from '../support/world.ts'

const page = { offset: 0, limit: 100 }
const account = { kind: 'login_refused', subject: 'verisign-1' } as const

test('an alarm that is raised again is one alarm, with its newest facts', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const operator = await givenStaff(ctx, 'operator')
    await raiseAlarms(ctx, [{ ...account, facts: { code: 2501 } }])
    await raiseAlarms(ctx, [{ ...account, facts: { code: 2200 } }])
    const { items, total } = await listAlarms(operator, page)
    expect(total).toBe(1)
    expect(items[0]).toMatchObject({ ...account, facts: { code: 2200 }, closedAt: null })
  }))

test('an alarm is cleared when its cause has ended, and the next one is a new alarm', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const operator = await givenStaff(ctx, 'operator')
    await raiseAlarms(ctx, [account])
    await clearAlarms(ctx, [account])
    await clearAlarms(ctx, [account])
    expect((await listAlarms(operator, page)).total).toBe(0)
    expect((await listAlarms(operator, { ...page, state: 'closed' })).items).toMatchObject([
      { ...account, closedBy: null, note: null, closedAt: expect.any(Date) },
    ])
    await raiseAlarms(ctx, [account])
    expect((await listAlarms(operator, page)).total).toBe(1)
  }))

test('opening and closing an alarm are events, cleared or closed by a person; a rolled back alarm is none', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const operator = await givenStaff(ctx, 'operator')
    const events = () =>
      tx
        .selectFrom('event')
        .select(['topic', 'account_id', 'data'])
        .orderBy('occurred_at')
        .orderBy('id')
        .execute()
    await raiseAlarms(ctx, [{ ...account, facts: { code: 2501 } }])
    await raiseAlarms(ctx, [{ ...account, facts: { code: 2200 } }])
    await clearAlarms(ctx, [account])
    await clearAlarms(ctx, [account])
    await raiseAlarms(ctx, [account])
    const [open] = (await listAlarms(operator, page)).items
    await closeAlarm(operator, open?.id ?? '', 'a new password')
    const undone = inTransaction(tx, async (part) => {
      await raiseAlarms({ ...ctx, db: part }, [account])
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    expect(await events()).toMatchObject([
      {
        topic: 'alarm.opened',
        account_id: null,
        data: { ...account, severity: 'urgent', facts: { code: 2501 } },
      },
      { topic: 'alarm.closed', data: { facts: { code: 2200 }, closed_at: expect.any(String) } },
      { topic: 'alarm.opened', data: { ...account } },
      { topic: 'alarm.closed', data: { note: 'a new password' } },
    ])
  }))

test('what a sweep no longer finds is cleared, and alarms of other kinds stay', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const operator = await givenStaff(ctx, 'operator')
    await raiseAlarms(ctx, [account])
    await followAlarms(ctx, 'lease_unheld', [{ subject: 'one' }, { subject: 'two' }])
    await followAlarms(ctx, 'lease_unheld', [{ subject: 'two' }, { subject: 'three' }])
    const open = await listAlarms(operator, page)
    expect(open.items.map(({ kind, subject }) => `${kind} ${subject}`).toSorted()).toEqual([
      'lease_unheld three',
      'lease_unheld two',
      'login_refused verisign-1',
    ])
    await followAlarms(ctx, 'lease_unheld', [])
    expect((await listAlarms(operator, page)).total).toBe(1)
  }))

test('a sweep that finds nothing where no alarm is open begins no transaction', async () => {
  const clone = await cloneDatabase()
  try {
    const ctx = contextOf(clone.db)
    const transactions = vi.spyOn(clone.db, 'transaction')
    await followAlarms(ctx, 'lease_unheld', [])
    await clearAlarms(ctx, [account])
    expect(transactions).not.toHaveBeenCalled()
  } finally {
    await clone.drop()
  }
})

test('an operator closes an alarm with a note, once, and it is audited', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const [operator, finance] = [await givenStaff(ctx, 'operator'), await givenStaff(ctx, 'finance')]
    await raiseAlarms(ctx, [account])
    const { id } = (await listAlarms(operator, page)).items[0] ?? { id: '' }
    await expect(closeAlarm(finance, id, 'no')).rejects.toMatchObject({ code: 'forbidden' })
    await expect(closeAlarm(operator, id, ' ')).rejects.toMatchObject({ code: 'reason_required' })
    await expect(closeAlarm(operator, ctx.newId(), 'x')).rejects.toMatchObject({ code: 'alarm_not_found' })
    await closeAlarm(operator, id, 'new password')
    await expect(closeAlarm(operator, id, 'again')).rejects.toMatchObject({ code: 'alarm_closed' })
    expect((await listAlarms(operator, { ...page, state: 'closed' })).items).toMatchObject([
      { note: 'new password', closedBy: { id: operator.actor.staffId } },
    ])
    const audited = await tx
      .selectFrom('audit_entry')
      .selectAll()
      .where('action', '=', 'alarm.closed')
      .execute()
    expect(audited).toMatchObject([{ subject_id: id, reason: 'new password' }])
  }))

test('urgent alarms come before older warnings, and one about a target has its domain name and order', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const operator = await givenStaff(ctx, 'operator')
    const { targetId, backorderId } = await givenArmed(ctx)
    await beginFiring(ctx, [targetId])
    await raiseAlarms(ctx, [{ kind: 'target_undecided', subject: targetId }])
    await raiseAlarms(ctx, [account])
    expect((await listAlarms(operator, page)).items).toMatchObject([
      { ...account, name: null, backorderId: null },
      { kind: 'target_undecided', name: NAME, backorderId },
    ])
    expect((await listAlarms(operator, { ...page, kind: 'target_undecided' })).total).toBe(1)
  }))

test('fifty that raise the same alarms at once, in any order, open each once and do not deadlock', async () => {
  const clone = await cloneDatabase({ connectionsMax: 10 })
  try {
    const ctx = contextOf(clone.db)
    const alarms = ['a', 'b', 'c', 'd'].map((subject) => ({ kind: 'deposit_empty', subject }) as const)
    await Promise.all(
      Array.from({ length: 50 }, (_, turn) =>
        raiseAlarms(ctx, turn % 2 === 0 ? alarms : alarms.toReversed()),
      ),
    )
    const operator = await givenStaff(ctx, 'operator')
    expect((await listAlarms(operator, page)).total).toBe(4)
  } finally {
    await clone.drop()
  }
})

test('many that raise and clear the same alarms at once, in any order, do not deadlock', async () => {
  const clone = await cloneDatabase({ connectionsMax: 10 })
  try {
    const ctx = contextOf(clone.db)
    const subjects = Array.from({ length: 30 }, (_, index) => `account-${index}`)
    const alarms = subjects.map((subject) => ({ kind: 'deposit_empty', subject }) as const)
    for (let round = 0; round < 40; round += 1) {
      await raiseAlarms(ctx, alarms)
      await Promise.all([
        clearAlarms(ctx, alarms),
        raiseAlarms(ctx, [{ kind: 'deposit_empty', subject: 'another' }, ...alarms]),
        clearAlarms(ctx, alarms.toReversed()),
        clearAlarms(ctx, alarms),
      ])
    }
    await clearAlarms(ctx, [...alarms, { kind: 'deposit_empty', subject: 'another' }])
    const operator = await givenStaff(ctx, 'operator')
    expect((await listAlarms(operator, page)).total).toBe(0)
  } finally {
    await clone.drop()
  }
})
