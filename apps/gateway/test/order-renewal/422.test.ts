import { createTestApp, failing, someKey } from '../support/app.ts'
import { refuses } from '../support/refuses.ts'
import { givenCaught, quote, renew } from '../support/renewals.ts'
import { wellFormed } from '../support/requests.ts'
import { givenCustomer, useWorld } from '../support/world.ts'

const world = useWorld()
const { send } = createTestApp({ test: failing(new Error('not reached')) })
const { body } = wellFormed.orderRenewal

refuses('orderRenewal', 'invalid_request', 'an unknown member', () =>
  send({ ...wellFormed.orderRenewal, key: someKey, body: { ...body, coupon: 'free' } }),
)

refuses('orderRenewal', 'invalid_request', 'an order of ten years', () =>
  send({ ...wellFormed.orderRenewal, key: someKey, body: { ...body, years: 10 } }),
)

refuses('orderRenewal', 'renewal_too_long', 'years beyond the tenth from now', async () => {
  const { key } = await givenCustomer(world.ctx)
  const path = await givenCaught(world, 'far.test', key)
  const quoted = await quote(world.send, path, key)
  await world.ctx.db
    .updateTable('registration')
    .set({ expires_at: new Date(Date.now() + 2 * 366 * 86_400_000) })
    .execute()
  return world.send(renew(path, key, { ...quoted, years: 9 }))
})
