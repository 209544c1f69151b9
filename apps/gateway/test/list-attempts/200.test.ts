import { BackorderDetail } from '@droplock/contracts/gateway/backorder'
import { AttemptPage } from '@droplock/contracts/gateway/list-attempts'
import { prune } from '@droplock/core/retention/prune'
import { expect, test } from 'vitest'
import { order } from '../support/requests.ts'
import { givenTried } from '../support/tried.ts'
import { givenCustomer, givenListings, useWorld } from '../support/world.ts'

const world = useWorld()
const TRIED = 1_234

test('of 1,234 attempts the deciding one and the newest are shown, and the others follow page by page, each once', async () => {
  await givenListings(world.ctx, ['tried.test'])
  const { key } = await givenCustomer(world.ctx)
  const path = (await world.send(order('tried.test', key))).headers.get('Location') ?? ''
  await givenTried(world.ctx, 'tried.test', TRIED, 'at-0007')

  const detail = BackorderDetail.parse(await (await world.send({ path, key })).json())
  expect(detail.deciding_attempt).toMatchObject({ cltrid: 'at-0007', decided: true })
  expect(detail.attempts).toHaveLength(100)
  expect(detail.attempts[0]).toMatchObject({ cltrid: 'at-1234', decided: false })

  const seen = detail.attempts.map(({ cltrid }) => cltrid)
  let cursor = detail.attempts_next
  while (cursor !== undefined) {
    const page = AttemptPage.parse(
      await (await world.send({ path: `${path}/attempts?cursor=${cursor}&limit=200`, key })).json(),
    )
    seen.push(...page.items.map(({ cltrid }) => cltrid))
    cursor = page.next
  }
  expect(seen).toHaveLength(TRIED)
  expect(seen).toEqual([...new Set(seen)].toSorted().toReversed())
})

test('months after the decision the first and the deciding attempt are shown, and how many others there were, and when', async () => {
  await givenListings(world.ctx, ['old.test'])
  const { key } = await givenCustomer(world.ctx)
  const path = (await world.send(order('old.test', key))).headers.get('Location') ?? ''
  await givenTried(world.ctx, 'old.test', 50, 'old-0007')
  const longAgo = new Date(Date.now() - 91 * 86_400_000)
  await world.ctx.db.updateTable('catch_target').set({ decided_at: longAgo }).execute()
  await prune(world.ctx, 'attempt', 90)

  const removed = {
    count: 48,
    first_sent_at: '2026-02-15T13:00:00.001Z',
    last_sent_at: '2026-02-15T13:00:00.049Z',
  }
  const detail = BackorderDetail.parse(await (await world.send({ path, key })).json())
  expect(detail.attempts.map(({ cltrid }) => cltrid)).toEqual(['old-0007', 'old-0001'])
  expect(detail.attempts_removed).toEqual(removed)
  const page = AttemptPage.parse(await (await world.send({ path: `${path}/attempts`, key })).json())
  expect(page.items).toHaveLength(2)
  expect(page.removed).toEqual(removed)
})

test('a backorder that nothing was tried for yet has no attempts', async () => {
  await givenListings(world.ctx, ['early.test'])
  const { key } = await givenCustomer(world.ctx)
  const path = (await world.send(order('early.test', key))).headers.get('Location') ?? ''
  expect(await (await world.send({ path: `${path}/attempts`, key })).json()).toEqual({ items: [] })
})
