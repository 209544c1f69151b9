import { Alarm, AlarmList } from '@droplock/contracts/console/alarm'
import { Today } from '@droplock/contracts/console/overview'
import { clearAlarms } from '@droplock/core/alarms/raise'
import { expect, test } from 'vitest'
import { expectBody, expectProblem } from './support/problem.ts'
import { givenAlarm } from './support/requests.ts'
import { givenPerson, useWorld } from './support/world.ts'

const world = useWorld()

test('an open alarm stands on Today until it closes by itself or a person closes it', async () => {
  const operator = await givenPerson(world, 'operator')
  const today = async () => expectBody(await operator.send({ path: '/api/today' }), 200, Today)
  const kept = await givenAlarm(world.ctx, 'verisign-1')
  await givenAlarm(world.ctx, 'pl-1')
  expect(await today()).toMatchObject({
    waiting: { alarms: 2 },
    alarms: [
      { id: kept, kind: 'deposit_empty', subject: 'verisign-1', facts: { code: 2104 } },
      { subject: 'pl-1' },
    ],
  })
  await clearAlarms(world.ctx, [{ kind: 'deposit_empty', subject: 'pl-1' }])
  expect((await today()).alarms).toHaveLength(1)
  const closed = await operator.send({
    method: 'POST',
    path: `/api/alarms/${kept}/close`,
    body: { note: 'paid in' },
  })
  expect(await expectBody(closed, 200, Alarm)).toMatchObject({
    note: 'paid in',
    closed_by: { id: operator.id },
  })
  expect(await today()).toMatchObject({ waiting: { alarms: 0 }, alarms: [] })
  const list = await operator.send({ path: '/api/alarms?state=closed' })
  expect((await expectBody(list, 200, AlarmList)).total).toBe(2)
})

test('an alarm is closed once, and one that is not there is not found', async () => {
  const operator = await givenPerson(world, 'operator')
  const id = await givenAlarm(world.ctx)
  const close = (alarm: string) =>
    operator.send({ method: 'POST', path: `/api/alarms/${alarm}/close`, body: { note: 'done' } })
  await close(id)
  await expectProblem(await close(id), 'alarm_closed')
  await expectProblem(await close(world.ctx.newId()), 'alarm_not_found')
})
