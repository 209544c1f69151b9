import { createTestApp, failing, someKey } from '../support/app.ts'
import { refuses } from '../support/refuses.ts'
import { givenCustomer, useWorld } from '../support/world.ts'

const { send } = createTestApp({ test: failing(new Error('not reached')) })
const world = useWorld()

refuses('getStatement', 'invalid_request', 'a period without an end', () =>
  send({ path: '/v1/statement?from=2026-02-01T00:00:00Z', key: someKey }),
)

refuses('getStatement', 'invalid_request', 'a time in a zone of its own', () =>
  send({ path: '/v1/statement?from=2026-02-01T00:00:00%2B01:00&to=2026-03-01T00:00:00Z', key: someKey }),
)

refuses('getStatement', 'invalid_period', 'a period that ends before it starts', async () => {
  const { key } = await givenCustomer(world.ctx)
  return world.send({ path: '/v1/statement?from=2026-03-01T00:00:00Z&to=2026-02-01T00:00:00Z', key })
})
