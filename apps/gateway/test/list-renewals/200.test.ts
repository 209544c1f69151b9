import { RenewalPage } from '@droplock/contracts/gateway/list-renewals'
import { expect, test } from 'vitest'
import { givenCaught, quoteAndRenew } from '../support/renewals.ts'
import { givenCustomer, useWorld } from '../support/world.ts'

const world = useWorld()

test("an account sees its own renewals, newest first, in pages and by state, and never another's", async () => {
  const [mine, theirs] = [await givenCustomer(world.ctx), await givenCustomer(world.ctx)]
  for (const [name, { key }] of [
    ['one.test', mine],
    ['two.test', mine],
    ['theirs.test', theirs],
  ] as const) {
    await quoteAndRenew(world.send, await givenCaught(world, name, key), key)
  }
  const list = async (query: string) => {
    const response = await world.send({ path: `/v1/renewals${query}`, key: mine.key })
    expect(response.status).toBe(200)
    return RenewalPage.parse(await response.json())
  }
  const first = await list('?limit=1')
  expect(first.items.map(({ name }) => name)).toEqual(['two.test'])
  const second = await list(`?limit=1&cursor=${first.next}`)
  expect(second.items.map(({ name }) => name)).toEqual(['one.test'])
  expect(second.next).toBeUndefined()
  expect((await list('?state=paid')).items).toHaveLength(2)
  expect((await list('?state=failed')).items).toEqual([])
})
