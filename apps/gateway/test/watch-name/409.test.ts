import { refuses } from '../support/refuses.ts'
import { givenCustomer, useWorld } from '../support/world.ts'

const world = useWorld()

refuses('watchName', 'watch_limit_reached', 'more names than the account may watch', async () => {
  const { key, accountId } = await givenCustomer(world.ctx)
  const { db } = world.ctx
  await db.updateTable('account').set({ watches_max: 1 }).where('id', '=', accountId).execute()
  await world.send({ method: 'PUT', path: '/v1/watches/first.test', key })
  return world.send({ method: 'PUT', path: '/v1/watches/second.test', key })
})
