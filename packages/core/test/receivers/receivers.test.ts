import type { ReceiverTerms } from '@droplock/rules/notifications'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openAccount } from '../../src/accounts/administer.ts'
import { raiseAlarms } from '../../src/alarms/raise.ts'
import { asService, type Context } from '../../src/context.ts'
import { claimDueDeliveries } from '../../src/deliveries/claim-due.ts'
import { recordDelivery } from '../../src/deliveries/record.ts'
import { advanceFeed } from '../../src/events/feed.ts'
import {
  addReceiver,
  changeReceiver,
  disableReceiver,
  resendToReceiver,
} from '../../src/receivers/administer.ts'
import { listReceivers } from '../../src/receivers/read.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { givenReceiver } from '../support/receivers.ts'
import { contextOf, givenStaff, openAlarms } from '../support/world.ts'

const terms: ReceiverTerms = { alarmKinds: null, onClose: true, secretName: null }
const anna = { ...terms, kind: 'mail', address: 'anna@example.com' } as const
const pager = {
  ...terms,
  kind: 'webhook',
  address: 'https://pager.example/hook',
  secretName: 'pager',
} as const
const page = { offset: 0, limit: 10 }
const reason = 'the rota changed'

/** What is planned for a receiver, by the kinds of alarm. */
async function plannedFor(ctx: Context, id: string): Promise<readonly string[]> {
  while ((await advanceFeed(ctx)) > 0);
  const { rows } = await sql<{ planned: string }>`
    select topic || ' ' || (data ->> 'kind') as planned from event_delivery join event on event.id = event_id
    where receiver_id = ${id} order by event.position`.execute(ctx.db)
  return rows.map(({ planned }) => planned)
}

test('a receiver gets alarms of its kinds, and their closing where that is wanted', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const operator = await givenStaff(ctx, 'operator')
    const all = await addReceiver(operator, anna)
    const some = await addReceiver(operator, { ...pager, alarmKinds: ['deposit_empty'], onClose: false })
    await raiseAlarms(ctx, [
      { kind: 'deposit_empty', subject: 'verisign-1' },
      { kind: 'list_late', subject: 'a list' },
    ])
    expect(await plannedFor(ctx, all)).toEqual(['alarm.opened deposit_empty', 'alarm.opened list_late'])
    expect(await plannedFor(ctx, some)).toEqual(['alarm.opened deposit_empty'])
    await changeReceiver(operator, {
      ...terms,
      reason,
      id: some,
      alarmKinds: ['list_late'],
      secretName: 'other',
    })
    await raiseAlarms(ctx, [{ kind: 'list_late', subject: 'another list' }])
    expect(await plannedFor(ctx, some)).toEqual(['alarm.opened deposit_empty', 'alarm.opened list_late'])
  }))

test('a disabled receiver gets nothing, its alarm is closed, and its address can be added again', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const operator = await givenStaff(ctx, 'operator')
    const id = await addReceiver(operator, anna)
    await raiseAlarms(ctx, [{ kind: 'event_undelivered', subject: id }])
    await disableReceiver(operator, { id, reason })
    expect(await openAlarms(ctx)).toEqual([])
    expect(await plannedFor(ctx, id)).toEqual([])
    await expect(disableReceiver(operator, { id, reason })).rejects.toMatchObject({
      code: 'receiver_disabled',
    })
    await expect(changeReceiver(operator, { ...terms, reason, id })).rejects.toMatchObject({
      code: 'receiver_disabled',
    })
    const anew = await addReceiver(operator, anna)
    expect((await listReceivers(operator, page)).items).toMatchObject([
      { id: anew, disabledAt: null, alarmKinds: null, onClose: true },
      { id, disabledAt: expect.any(Date) },
    ])
  }))

test('the list shows what waits and the last failure, and no receivers of resellers', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const operator = await givenStaff(ctx, 'operator')
    const id = await addReceiver(operator, pager)
    await givenReceiver(ctx, {
      accountId: await openAccount(asService(ctx), { name: 'A reseller', currency: 'USD' }),
    })
    await raiseAlarms(ctx, [{ kind: 'list_late', subject: 'a list' }])
    await plannedFor(ctx, id)
    await sql`update event_delivery set failure = 'answered 500'`.execute(tx)
    expect((await listReceivers(operator, page)).items).toMatchObject([
      { id, pending: 1, failed: 0, lastDeliveredAt: null, lastFailure: 'answered 500', secretName: 'pager' },
    ])
  }))

test('an operator can send failed deliveries again, which closes the alarm', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const operator = await givenStaff(ctx, 'operator')
    const id = await addReceiver(operator, anna)
    await raiseAlarms(ctx, [{ kind: 'list_late', subject: 'a list' }])
    await plannedFor(ctx, id)
    const owner = ctx.newId()
    const [due] = await claimDueDeliveries(ctx, { owner, kinds: ['mail'], limit: 1 })
    const result = { kind: 'failed', failure: 'No such mailbox', isFinal: true } as const
    if (due === undefined) throw new Error('nothing is due')
    await recordDelivery(ctx, { delivery: due, owner, result, chance: 0 })
    expect(await openAlarms(ctx)).toContain(`event_undelivered ${id}`)
    expect((await listReceivers(operator, page)).items).toMatchObject([{ pending: 0, failed: 1 }])
    expect(await resendToReceiver(operator, { id, reason })).toBe(1)
    expect(await openAlarms(ctx)).not.toContain(`event_undelivered ${id}`)
    expect((await listReceivers(operator, page)).items).toMatchObject([{ pending: 1, failed: 0 }])
  }))

test('a missing permission, a duplicate, an unknown receiver and an invalid address are refused', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const operator = await givenStaff(ctx, 'operator')
    const finance = await givenStaff(ctx, 'finance')
    await expect(addReceiver(finance, anna)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(disableReceiver(finance, { id: ctx.newId(), reason })).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(resendToReceiver(finance, { id: ctx.newId(), reason })).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(changeReceiver(finance, { ...terms, reason, id: ctx.newId() })).rejects.toMatchObject({
      code: 'forbidden',
    })
    await addReceiver(operator, anna)
    await expect(addReceiver(operator, anna)).rejects.toMatchObject({ code: 'receiver_exists' })
    await expect(disableReceiver(operator, { id: ctx.newId(), reason })).rejects.toMatchObject({
      code: 'receiver_not_found',
    })
    for (const wrong of [
      { ...anna, address: 'anna@example.com, eve@example.com' },
      { ...anna, secretName: 'pager' },
      { ...anna, alarmKinds: [] },
      { ...pager, secretName: null },
      { ...pager, secretName: '../x' },
      { ...pager, address: 'ftp://pager.example' },
      { ...pager, address: 'https://user:secret@pager.example' },
      { ...pager, address: `https://pager.example/${'x'.repeat(2_000)}` },
    ])
      await expect(addReceiver(operator, wrong)).rejects.toMatchObject({ code: 'receiver_invalid' })
    expect((await listReceivers(operator, page)).total).toBe(1)
  }))

test('a receiver is not changed without a reason', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const operator = await givenStaff(ctx, 'operator')
    const id = await addReceiver(operator, anna)
    const unexplained = { id, reason: ' ' }
    for (const refused of [
      changeReceiver(operator, { ...terms, ...unexplained, onClose: false }),
      resendToReceiver(operator, unexplained),
      disableReceiver(operator, unexplained),
    ])
      await expect(refused).rejects.toMatchObject({ code: 'reason_required' })
    expect((await listReceivers(operator, page)).items).toMatchObject([{ onClose: true, disabledAt: null }])
  }))

test('every change of a receiver is in the audit, with its reason', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const operator = await givenStaff(ctx, 'operator')
    const id = await addReceiver(operator, pager)
    await changeReceiver(operator, { ...terms, reason, id, onClose: false, secretName: 'pager' })
    await resendToReceiver(operator, { id, reason })
    await disableReceiver(operator, { id, reason })
    const entries = await tx
      .selectFrom('audit_entry')
      .select(['action', 'actor_id', 'reason', 'after'])
      .where('subject_type', '=', 'receiver')
      .where('subject_id', '=', id)
      .orderBy('seq')
      .execute()
    expect(entries).toMatchObject([
      { action: 'receiver.added', actor_id: operator.actor.staffId, after: { address: pager.address } },
      { action: 'receiver.changed', reason, after: { topics: ['alarm.opened'] } },
      { action: 'receiver.resent', reason },
      { action: 'receiver.disabled', reason },
    ])
  }))
