import {
  ReconciliationItem,
  ReconciliationItemList,
  ReconciliationRunList,
} from '@droplock/contracts/console/reconciliation'
import { beforeAll, expect, test } from 'vitest'
import { givenRegistry, REGISTRY_ACCOUNT } from '../../../packages/core/test/support/world.ts'
import { expectBody, expectProblem } from './support/problem.ts'
import { givenReconciliationItem } from './support/requests.ts'
import { givenPerson, useWorld } from './support/world.ts'

const world = useWorld()
beforeAll(() => givenRegistry(world.ctx))

test('an item waits in the queue with its age until finance closes it with a note', async () => {
  const id = await givenReconciliationItem(world.ctx)
  const finance = await givenPerson(world, 'finance')
  const open = await finance.send({
    path: '/api/reconciliation/items?open=true&side=registry&kind=unreadable',
  })
  const { items } = await expectBody(open, 200, ReconciliationItemList)
  const item = items.find((one) => one.id === id)
  expect(item).toMatchObject({
    source: REGISTRY_ACCOUNT,
    their_ids: [],
    detail: expect.stringContaining('line 2'),
  })
  expect(item?.age_seconds).toBeGreaterThanOrEqual(0)

  const path = `/api/reconciliation/items/${id}/close`
  const blank = await finance.send({ method: 'POST', path, body: { note: '  ' } })
  await expectProblem(blank, 'reason_required')
  const closed = await finance.send({ method: 'POST', path, body: { note: 'a known fault of the report' } })
  expect(await expectBody(closed, 200, ReconciliationItem)).toMatchObject({
    note: 'a known fault of the report',
    closed_by: { id: finance.id },
  })
  const again = await finance.send({ method: 'POST', path, body: { note: 'again' } })
  await expectProblem(again, 'reconciliation_item_closed')
  const still = await finance.send({ path: '/api/reconciliation/items?open=true' })
  expect((await expectBody(still, 200, ReconciliationItemList)).items.map((one) => one.id)).not.toContain(id)
  const read = await finance.send({ path: `/api/reconciliation/items/${id}` })
  expect(await expectBody(read, 200, ReconciliationItem)).toMatchObject({ id })
})

test('an item that is none is not there', async () => {
  const viewer = await givenPerson(world, 'viewer')
  const path = '/api/reconciliation/items/01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44'
  await expectProblem(await viewer.send({ path }), 'reconciliation_item_not_found')
})

test('runs are listed, the newest first', async () => {
  await givenReconciliationItem(world.ctx)
  await givenReconciliationItem(world.ctx)
  const viewer = await givenPerson(world, 'viewer')
  const runs = await viewer.send({ path: '/api/reconciliation/runs?per_page=2' })
  const { items } = await expectBody(runs, 200, ReconciliationRunList)
  expect(items).toHaveLength(2)
  expect(items[0]).toMatchObject({ cause: 'command', findings: 1 })
  expect(items.map(({ started_at }) => started_at)).toEqual(
    items
      .map(({ started_at }) => started_at)
      .toSorted()
      .toReversed(),
  )
})
