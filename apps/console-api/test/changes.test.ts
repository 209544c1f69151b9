import { raiseAlarms } from '@droplock/core/alarms/raise'
import { asService } from '@droplock/core/context'
import { advanceFeed } from '@droplock/core/events/feed'
import { newId } from '@droplock/core/new-id'
import { disableStaff } from '@droplock/core/staff/administer'
import { onServer } from '@droplock/core/testing/server'
import { beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { givenRegistry } from '../../../packages/core/test/support/world.ts'
import { expectProblem } from './support/problem.ts'
import { givenPerson, type Person, useWorld } from './support/world.ts'

const world = useWorld()
const patient = { timeout: 20_000, interval: 20 }

beforeAll(() => givenRegistry(world.ctx))

/** What a window of a person has got until now. */
async function follow(person: Person) {
  const response = await person.send({ path: '/api/changes' })
  expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/)
  const reader = (response.body ?? expect.unreachable()).getReader()
  onTestFinished(() => reader.cancel())
  const got = { text: '', isOver: false }
  const read = async () => {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      got.text += new TextDecoder().decode(value)
    }
    got.isOver = true
  }
  void read()
  await vi.waitFor(() => expect(got.text).toMatch(/^retry: /), patient)
  return { got, close: () => reader.cancel() }
}

const task = () =>
  onServer(world.url, (client) =>
    client.query(
      `insert into finance_task (id, kind, subject_id, detail, opened_at) values ($1, 'refund_failed', $1, 'a test', now())`,
      [newId()],
    ),
  )

test('windows of two people get what changed within a second, and a viewer no ids of what they may not read', async () => {
  const finance = await follow(await givenPerson(world, 'finance'))
  const viewer = await follow(await givenPerson(world, 'viewer'))
  await task()
  await raiseAlarms(world.ctx, [{ kind: 'deposit_empty', subject: 'test-registry/droplock' }])
  await advanceFeed(world.ctx)
  for (const { got } of [finance, viewer])
    await vi.waitFor(() => expect(got.text).toMatch(/"resource":"alarms","ids":\["[0-9a-f-]{36}"\]/), patient)
  await vi.waitFor(() => expect(finance.got.text).toContain('"finance-tasks"'), patient)
  expect(viewer.got.text).not.toContain('finance-tasks')
})

test('a stream ends within seconds of its session, by signing out or by being disabled', async () => {
  const leaving = await givenPerson(world, 'operator')
  const disabled = await givenPerson(world, 'operator')
  const [one, other] = [await follow(leaving), await follow(disabled)]
  await leaving.send({ method: 'DELETE', path: '/api/session' })
  await disableStaff(asService(world.ctx), { staffId: disabled.id, reason: 'a test' })
  for (const { got } of [one, other]) {
    await vi.waitFor(() => expect(got.isOver).toBe(true), patient)
    expect(got.text).toContain('event: ended')
  }
})

test('an open stream, and reads that nobody asked for, do not keep an idle session', async () => {
  const person = await givenPerson(world, 'operator')
  const seenAt = async () => {
    const { rows } = await onServer(world.url, (client) =>
      client.query<{ at: Date }>('select seen_at as at from staff_session where staff_id = $1', [person.id]),
    )
    return rows[0]?.at.getTime()
  }
  await onServer(world.url, (client) =>
    client.query(`update staff_session set seen_at = seen_at - interval '10 minutes' where staff_id = $1`, [
      person.id,
    ]),
  )
  const before = await seenAt()
  await follow(person)
  await person.send({ path: '/api/today', headers: { 'X-Background': '1' } })
  expect(await seenAt()).toBe(before)
  await person.send({ path: '/api/today' })
  expect(await seenAt()).toBeGreaterThan(before ?? 0)
})

test('a person has a bounded number of windows, and one that is closed makes room', async () => {
  const person = await givenPerson(world, 'viewer')
  const open = []
  for (let count = 0; count < 20; count += 1) open.push(await follow(person))
  await expectProblem(await person.send({ path: '/api/changes' }), 'too_many_streams')
  await open[0]?.close()
  await follow(person)
})
