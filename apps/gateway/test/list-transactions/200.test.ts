import { TransactionPage } from '@droplock/contracts/gateway/list-transactions'
import { expect, test } from 'vitest'
import { order } from '../support/requests.ts'
import { givenCustomer, givenListings, priceMinor, useWorld } from '../support/world.ts'

const world = useWorld()

async function list(key: string, query = '') {
  const response = await world.send({ path: `/v1/transactions${query}`, key })
  expect(response.status).toBe(200)
  return TransactionPage.parse(await response.json())
}

test('the statement tells every movement of the balance, signed, newest first, with its cause', async () => {
  await givenListings(world.ctx, ['bought.test'])
  const { key } = await givenCustomer(world.ctx, { balanceMinor: 5_000n })
  const placed = await world.send(order('bought.test', key))
  const id = placed.headers.get('Location')?.split('/').at(-1)
  const { items } = await list(key)
  expect(items).toMatchObject([
    {
      cause: 'secure',
      amount: { amount_minor: -priceMinor, currency: 'USD' },
      backorder_id: id,
      name: 'bought.test',
    },
    { cause: 'top_up', amount: { amount_minor: 5_000, currency: 'USD' } },
  ])
  const pages = [await list(key, '?limit=1')]
  pages.push(await list(key, `?limit=1&cursor=${pages[0]?.next}`))
  expect(pages.flatMap((page) => page.items)).toEqual(items)
  expect(pages[1]?.next).toBeUndefined()
})
