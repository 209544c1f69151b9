import { useSandboxWorld } from '../support/card-world.ts'
import { refuses } from '../support/refuses.ts'
import { wellFormed } from '../support/requests.ts'
import { givenCustomer, useWorld } from '../support/world.ts'

const world = useWorld()
const withCards = useSandboxWorld()

refuses('topUp', 'card_unavailable', 'where no provider is set up', async () => {
  const { key } = await givenCustomer(world.ctx)
  return world.send({ ...wellFormed.topUp, key })
})

refuses('topUp', 'payment_limit_reached', 'one more open payment than an account may have', async () => {
  const { ctx, send } = withCards()
  const { key, accountId } = await givenCustomer(ctx)
  await ctx.db.updateTable('account').set({ open_payments_max: 1 }).where('id', '=', accountId).execute()
  await send({ ...wellFormed.topUp, key })
  return send({ ...wellFormed.topUp, key })
})
