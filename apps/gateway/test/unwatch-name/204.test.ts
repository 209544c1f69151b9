import { expect, test } from 'vitest'
import { givenCustomer, useWorld } from '../support/world.ts'

const world = useWorld()

test('a name is off the list afterwards, for this account alone, and asking again is no error', async () => {
  const [mine, theirs] = [await givenCustomer(world.ctx), await givenCustomer(world.ctx)]
  const path = '/v1/watches/ours.test'
  for (const { key } of [mine, theirs]) await world.send({ method: 'PUT', path, key })
  for (const _ of [1, 2]) {
    const response = await world.send({ method: 'DELETE', path, key: mine.key })
    expect(response.status).toBe(204)
    expect(await response.text()).toBe('')
  }
  const list = async (key: string): Promise<unknown> =>
    (await world.send({ path: '/v1/watches', key })).json()
  expect(await list(mine.key)).toEqual({ items: [] })
  expect(await list(theirs.key)).toMatchObject({ items: [{ name: 'ours.test' }] })
})
