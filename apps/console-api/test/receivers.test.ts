import { Receiver, ReceiverList, ReceiverTest } from '@droplock/contracts/console/receiver'
import { expect, test } from 'vitest'
import { expectBody, expectProblem } from './support/problem.ts'
import { givenPerson, useWorld } from './support/world.ts'

const world = useWorld()
const pager = {
  kind: 'webhook',
  address: 'https://pager.example/hook',
  secret_name: 'pager',
  on_close: true,
} as const

test('an operator chooses where alarms are sent, changes it and ends it', async () => {
  const operator = await givenPerson(world, 'operator')
  const path = '/api/receivers'
  const added = await expectBody(await operator.send({ method: 'POST', path, body: pager }), 201, Receiver)
  expect(added).toMatchObject({ ...pager, pending: 0, failed: 0 })
  expect(added.alarm_kinds).toBeUndefined()
  const terms = { alarm_kinds: ['deposit_empty'], on_close: false, secret_name: 'pager' }
  const change = (version: number) =>
    operator.send({
      method: 'POST',
      path: `${path}/${added.id}`,
      body: { ...terms, version, reason: 'nights only' },
    })
  const changed = await change(added.version)
  expect(await expectBody(changed, 200, Receiver)).toMatchObject({
    alarm_kinds: ['deposit_empty'],
    on_close: false,
    version: added.version + 1,
  })
  expect(await expectProblem(await change(added.version), 'stale_version')).toMatchObject({
    version: added.version + 1,
  })
  const tested = await operator.send({ method: 'POST', path: `${path}/${added.id}/test` })
  const { id: testId, ...sent } = await expectBody(tested, 201, ReceiverTest)
  expect(sent).toMatchObject({ receiver_id: added.id, state: 'pending', attempts: 0 })
  await expectBody(await operator.send({ path: `/api/receiver-tests/${testId}` }), 200, ReceiverTest)
  await expectProblem(
    await operator.send({ path: `/api/receiver-tests/${added.id}` }),
    'receiver_test_not_found',
  )
  const disable = (reason = 'it is gone') =>
    operator.send({ method: 'POST', path: `${path}/${added.id}/disable`, body: { reason } })
  await expectProblem(await disable(' '), 'reason_required')
  expect(await expectBody(await disable(), 200, Receiver)).toMatchObject({ disabled_at: expect.any(String) })
  await expectProblem(await disable(), 'receiver_disabled')
  const list = await expectBody(await operator.send({ path }), 200, ReceiverList)
  expect(list).toMatchObject({ total: 1, items: [{ id: added.id }] })
})

test('what is no address, is there already, or is not there is refused', async () => {
  const operator = await givenPerson(world, 'operator')
  const add = (body: object) => operator.send({ method: 'POST', path: '/api/receivers', body })
  await expectProblem(await add({ ...pager, address: 'pager' }), 'receiver_invalid')
  await expectProblem(await add({ ...pager, alarm_kinds: ['a fire'] }), 'invalid_request')
  const mail = { kind: 'mail', address: 'anna@example.com', on_close: true }
  await expectBody(await add(mail), 201, Receiver)
  await expectProblem(await add(mail), 'receiver_exists')
  const path = `/api/receivers/${world.ctx.newId()}`
  await expectProblem(
    await operator.send({ method: 'POST', path, body: { on_close: true, version: 1, reason: 'x' } }),
    'receiver_not_found',
  )
})
