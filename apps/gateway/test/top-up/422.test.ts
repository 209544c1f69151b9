import { createTestApp, failing, someKey } from '../support/app.ts'
import { useSandboxWorld } from '../support/card-world.ts'
import { refuses } from '../support/refuses.ts'
import { givenCustomer } from '../support/world.ts'

const { send } = createTestApp({ test: failing(new Error('not reached')) })
const world = useSandboxWorld()

const post = (amount_minor: number) => ({ method: 'POST', path: '/v1/top-ups', body: { amount_minor } })

refuses('topUp', 'invalid_request', 'an amount with a fraction', () => send({ ...post(50.5), key: someKey }))

refuses('topUp', 'amount_out_of_range', 'less than is taken', async () => {
  const { key } = await givenCustomer(world().ctx)
  return world().send({ ...post(99), key })
})

refuses('topUp', 'amount_out_of_range', 'an amount below zero', async () => {
  const { key } = await givenCustomer(world().ctx)
  return world().send({ ...post(-5_000), key })
})
