import { createTestApp, failing, someKey } from '../support/app.ts'
import { refuses } from '../support/refuses.ts'
import { givenCaught } from '../support/renewals.ts'
import { someId } from '../support/requests.ts'
import { givenCustomer, useWorld } from '../support/world.ts'

const world = useWorld()
const { send } = createTestApp({ test: failing(new Error('not reached')) })

refuses('quoteRenewal', 'invalid_request', 'years that are no number', () =>
  send({ path: `/v1/backorders/${someId}/renewal-quote?years=many`, key: someKey }),
)

refuses('quoteRenewal', 'renewal_too_long', 'years beyond the tenth from now', async () => {
  const { key } = await givenCustomer(world.ctx)
  const path = await givenCaught(world, 'far.test', key)
  await world.ctx.db
    .updateTable('registration')
    .set({ expires_at: new Date(Date.now() + 2 * 366 * 86_400_000) })
    .execute()
  return world.send({ path: `${path}/renewal-quote?years=9`, key })
})
