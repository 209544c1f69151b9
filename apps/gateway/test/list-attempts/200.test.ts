import { BackorderDetail } from '@droplock/contracts/gateway/backorder'
import { AttemptPage } from '@droplock/contracts/gateway/list-attempts'
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

test('a backorder that nothing was tried for yet has no attempts', async () => {
  await givenListings(world.ctx, ['early.test'])
  const { key } = await givenCustomer(world.ctx)
  const path = (await world.send(order('early.test', key))).headers.get('Location') ?? ''
  expect(await (await world.send({ path: `${path}/attempts`, key })).json()).toEqual({ items: [] })
})
